package org.mckms.mikeysakke.mikey;

import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.core.ScalarSakkeCore;
import org.mckms.mikeysakke.eccsi.EccsiVerifier;
import org.mckms.mikeysakke.eccsi.KmsPublicAuthenticationKey;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.identity.NtpTimestamp;
import org.mckms.mikeysakke.sakke.KmsPublicKey;
import org.mckms.mikeysakke.sakke.ReceiverSecretKey;
import org.mckms.mikeysakke.sakke.SakkeDecapsulator;
import org.mckms.mikeysakke.sakke.SakkeEncapsulator;
import org.mckms.mikeysakke.sakke.SharedSecretValue;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.mikeysakke.vectors.VectorCase;

/** A published message with the keys of its receiver: what the tests of whole messages do with one. */
record MessageCase(VectorCase kms, VectorCase row) {
    MikeyMessage parsed(MikeyLeniency leniency) {
        return MikeyMessage.parse(row.bytes("message"), leniency);
    }

    EccsiVerifier verifier() {
        return new EccsiVerifier(new KmsPublicAuthenticationKey(kms.octets("pubAuthKey")));
    }

    SakkeEncapsulator encapsulator() {
        return new SakkeEncapsulator(new ScalarSakkeCore(), new KmsPublicKey(kms.octets("pubEncKey")));
    }

    boolean verifies(MikeyMessage message) {
        return message.verifies(verifier(), row.octets("initiatorUid"));
    }

    /** The caller closes it. */
    OpenedKey opened(MikeyMessage message) {
        try (SharedSecretValue ssv = decapsulated(message)) {
            return message.open(ssv, row.text("responderUri"));
        }
    }

    /** The caller closes it. */
    SharedSecretValue decapsulated(MikeyMessage message) {
        try (ReceiverSecretKey rsk = ReceiverSecretKey.takeFrom(row.bytes("RSK"));
                SakkeDecapsulator decapsulator =
                        SakkeDecapsulator.of(encapsulator(), rsk, row.octets("responderUid"))) {
            return decapsulator.decapsulate(message.sakke());
        }
    }

    KeyIdentifier keyId() {
        return KeyIdentifier.of(row.octets("keyId"));
    }

    KeyIdentifier csbId() {
        return KeyIdentifier.of(row.octets("csbId"));
    }

    NtpTimestamp timestamp() {
        return NtpTimestamp.parse(row.text("timestamp"));
    }

    /** The caller closes it. */
    SecretOctets key() {
        return SecretOctets.takeFrom(row.bytes("key"));
    }

    Octets keyOf(OpenedKey opened) {
        return opened.key().use(Octets::copyOf);
    }
}
