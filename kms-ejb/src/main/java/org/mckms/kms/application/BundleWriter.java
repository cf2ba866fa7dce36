package org.mckms.kms.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mckms.kms.domain.Epoch;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.config.KmsSettings;
import org.mckms.protocol.bundle.ProvisioningBundle;
import org.mckms.protocol.bundle.ProvisioningBundles;
import org.mckms.protocol.cms.BundleSigner;
import org.mckms.protocol.codec.KmsResponseCodec;
import org.mckms.protocol.codec.ResponseProtection;
import org.mckms.protocol.codec.WireDialect;
import org.mckms.protocol.message.KmsInit;
import org.mckms.protocol.message.KmsKeyProv;
import org.mckms.protocol.message.KmsKeySet;
import org.mckms.protocol.message.KmsMessage;
import org.mckms.protocol.message.KmsResponse;
import org.mckms.protocol.security.ClientKeys;

/**
 * Writes one bundle: the answers to init and keyprov as the client would have got them over the network, keys wrapped under its
 * TrK, both signed with its InK, and all of it signed on the token.
 */
@ApplicationScoped
class BundleWriter {

    private static final String ROOT = "/keymanagement/identity/v1/";

    @Inject
    KmsSettings settings;

    /** @param keySets not closed */
    byte[] write(BundleRecipient recipient, Epoch epoch, List<KmsKeySet> keySets, BundleSigner signer, Instant now) {
        KmsInit init = new KmsInit(epoch.certificate(), Optional.empty());
        KmsKeyProv keyProv = new KmsKeyProv(keySets, Optional.empty());
        ProvisioningBundle bundle = new ProvisioningBundle(
                epoch.kmsUri(),
                recipient.identity().uri(),
                recipient.device(),
                now,
                response(recipient, "init", init, now),
                response(recipient, "keyprov", keyProv, now));
        return ProvisioningBundles.sign(bundle, signer);
    }

    /** No clear secret is in the octets: the TrK wraps them. */
    private Octets response(BundleRecipient recipient, String resource, KmsMessage message, Instant now) {
        WireDialect dialect = recipient.identity().policy().dialect();
        ClientKeys keys = recipient.keys().active();
        KmsResponse response = new KmsResponse(
                recipient.identity().uri(),
                settings.site().kmsUri(),
                now,
                Optional.empty(),
                settings.site().baseUrls().get(0) + ROOT + resource,
                message);
        try (ResponseProtection protection = new ResponseProtection(
                Optional.of(keys.transportKey().copy()),
                Optional.of(keys.signingKey().copy()))) {
            return Octets.copyOf(KmsResponseCodec.encode(response, dialect, protection));
        }
    }
}
