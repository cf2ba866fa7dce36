package org.mckms.gms.infrastructure.partner;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mckms.client.PartnerRefusedException;
import org.mckms.client.group.ExpectedMessage;
import org.mckms.client.group.MessageWindow;
import org.mckms.client.group.OpenedMessage;
import org.mckms.client.group.ReceptionException;
import org.mckms.client.group.Sender;
import org.mckms.gms.domain.regroup.IncomingKey;
import org.mckms.gms.domain.regroup.KeyOpening;
import org.mckms.gms.infrastructure.kms.GmsAccount;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.mikey.KeyParameters;
import org.mckms.mikeysakke.mikey.KeyPurpose;
import org.mckms.mikeysakke.mikey.OpenedKey;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.platform.config.GmsSettings;
import org.mckms.platform.config.PartnerGmsEntry;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.group.ReceptionFault;

/**
 * Opens key messages of partners' GMSs with the keys that this GMS has of its KMS. The sender must be of the KMS that the
 * settings name for it: any KMS could make keys for its URI. A message that came before is no fault here, since a partner
 * that missed an answer asks again; what it brings is compared with what is held.
 */
public final class KmsKeyOpening implements KeyOpening {

    private final GmsAccount account;
    private final GmsSettings settings;

    public KmsKeyOpening(GmsAccount account, GmsSettings settings) {
        this.account = account;
        this.settings = settings;
    }

    @Override
    public IncomingKey open(Octets message, String sender, KeyPurpose purpose) {
        PartnerGmsEntry partner = settings.partnerByUri(sender)
                .orElseThrow(() -> new KmsException(KmsErrorCode.NOT_FOUND, "no partner has the GMS " + sender));
        ExpectedMessage expected = new ExpectedMessage(
                Set.of(purpose),
                Set.of(new Sender(partner.uri(), partner.kmsUri())),
                MessageWindow.INTERACTIVE,
                digest -> false);
        requireCertificate(partner.kmsUri());
        try (OpenedMessage opened = account.open(message, expected)) {
            return incoming(opened.key());
        } catch (ReceptionException e) {
            throw refused(e.fault(), e);
        }
    }

    /** Without it nothing can be said of the message; the partner tries again, and meanwhile the KMS is asked for it. */
    private void requireCertificate(String kmsUri) {
        try {
            account.ask(client ->
                    client.partners().certificateOf(kmsUri, client.clock().instant()));
        } catch (PartnerRefusedException e) {
            account.missesCertificate();
            throw new KmsException(KmsErrorCode.NOT_READY, "no valid certificate of the KMS " + kmsUri + " is held", e);
        }
    }

    /** The partner's operator learns which check failed; what exactly was found is for the own audit trail. */
    private static KmsException refused(ReceptionFault fault, ReceptionException cause) {
        return new KmsException(KmsErrorCode.KEY_MESSAGE_REFUSED, "the key message is not accepted: " + fault, cause);
    }

    private static IncomingKey incoming(OpenedKey key) {
        Optional<KeyParameters> parameters = key.parameters();
        return new IncomingKey(
                new IncomingKey.Description(
                        key.purpose(),
                        key.keyId(),
                        key.rand(),
                        parameters.filter(KeyParameters::revoked).isPresent(),
                        parameters.flatMap(KeyParameters::activation),
                        parameters.flatMap(KeyParameters::expiry),
                        parameters.map(KeyParameters::text).orElse(""),
                        parameters.map(KeyParameters::groupIds).orElse(List.of())),
                key.key().use(SecretOctets::copyOf));
    }
}
