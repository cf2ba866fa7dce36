package org.mckms.mikeysakke.mikey;

import java.util.Optional;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.kdf.KeyDerivation;
import org.mckms.mikeysakke.mikey.MikeyRefusedException.Reason;
import org.mckms.mikeysakke.sakke.SharedSecretValue;
import org.mckms.mikeysakke.secret.SecretOctets;

/** The steps from an SSV to a key with identifier and parameters (TS 33.180 clauses 5.2.3, 5.2.4 and E.6). */
final class MessageOpener {
    private MessageOpener() {}

    static OpenedKey open(MikeyMessage message, SharedSecretValue ssv, String receiverUri, MikeyLeniency leniency) {
        KeyPurpose purpose = message.purpose()
                .orElseThrow(() -> new MikeyRefusedException(
                        Reason.UNKNOWN_PURPOSE,
                        "purpose tag " + message.csbId().purposeTag() + " of the CSB-ID is not known"));
        SecretOctets key = ssv.use(SecretOctets::copyOf);
        boolean opened = false;
        try {
            KeyIdentifier csbId = message.csbId();
            KeyIdentifier keyId = purpose.isDiversified() ? KeyDerivation.gmkId(key, csbId, receiverUri) : csbId;
            requireSpi(message, purpose, keyId);
            Optional<KeyParameters> parameters =
                    message.keyParameters().map(data -> parameters(key, csbId, purpose, data, leniency));
            OpenedKey result = new OpenedKey(purpose, keyId, csbId, message.rand(), key, parameters);
            opened = true;
            return result;
        } finally {
            if (!opened) {
                key.close();
            }
        }
    }

    /** Each SPI is the key identifier, of a diversified key followed by the GUK-ID. */
    private static void requireSpi(MikeyMessage message, KeyPurpose purpose, KeyIdentifier keyId) {
        Octets expected = spi(purpose, keyId, message.csbId());
        for (CryptoSession session : message.cryptoSessions()) {
            if (!session.spi().equals(expected)) {
                throw new MikeyRefusedException(
                        Reason.WRONG_SPI, "the SPI of crypto session " + session.csId() + " does not name the key");
            }
        }
    }

    static Octets spi(KeyPurpose purpose, KeyIdentifier keyId, KeyIdentifier csbId) {
        return purpose.isDiversified() ? keyId.octets().concat(csbId.octets()) : keyId.octets();
    }

    private static KeyParameters parameters(
            SecretOctets key, KeyIdentifier csbId, KeyPurpose purpose, Octets data, MikeyLeniency leniency) {
        KeyParameters parameters = ProtectedPayload.isProtected(data)
                ? ParameterCodec.decode(unsealed(key, csbId, data), leniency)
                : ParameterCodec.decodeUnprotected(data, leniency);
        if (parameters.purpose() != purpose) {
            throw new MikeyRefusedException(
                    Reason.WRONG_KEY_TYPE,
                    "the key type says " + parameters.purpose().name() + ", the purpose tag " + purpose.name());
        }
        return parameters;
    }

    private static Octets unsealed(SecretOctets key, KeyIdentifier csbId, Octets data) {
        OctetReader in = OctetReader.of(data, MikeyPart.KEY_PARAMETERS, OctetReader.NOBODY);
        return ParameterProtection.open(key, ProtectedPayload.decode(in, csbId))
                .orElseThrow(() -> new MikeyRefusedException(
                        Reason.PARAMETERS_NOT_OPENED, "the key parameters do not open under the key"));
    }
}
