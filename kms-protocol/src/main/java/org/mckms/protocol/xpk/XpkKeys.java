package org.mckms.protocol.xpk;

import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;

import java.util.Base64;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.kdf.KeyDerivation;
import org.mckms.mikeysakke.mikey.KeyPurpose;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.protocol.error.KmsException;

/**
 * The confidentiality key and the integrity key that derive from an XPK, 128 bits each (TS 33.180 clause F.1.4), and the
 * XPK-ID by which messages name them. Closing wipes. Safe for use by several threads until closed.
 */
public final class XpkKeys implements AutoCloseable {
    private final KeyIdentifier xpkId;
    private final SecretOctets confidentiality;
    private final SecretOctets integrity;

    private XpkKeys(KeyIdentifier xpkId, SecretOctets confidentiality, SecretOctets integrity) {
        this.xpkId = xpkId;
        this.confidentiality = confidentiality;
        this.integrity = integrity;
    }

    /**
     * Derives both keys.
     *
     * @param xpkId CSK-ID or SPK-ID
     * @param xpk 16 octets, not kept
     * @param mcServiceUserId hashed exactly as given: that of the client, at the server too
     * @throws InvalidValueException if the identifier is one of another kind of key, or as {@link
     *     KeyDerivation#confidentialityKey}
     */
    public static XpkKeys derive(KeyIdentifier xpkId, SecretOctets xpk, String mcServiceUserId) {
        KeyPurpose.ofTag(xpkId.purposeTag())
                .filter(purpose -> purpose == KeyPurpose.CSK || purpose == KeyPurpose.SPK)
                .orElseThrow(() -> new InvalidValueException(xpkId + " is the identifier of neither a CSK nor an SPK"));
        SecretOctets confidentiality = KeyDerivation.confidentialityKey(xpk, mcServiceUserId, xpkId);
        try {
            return new XpkKeys(xpkId, confidentiality, KeyDerivation.integrityKey(xpk, mcServiceUserId, xpkId));
        } catch (RuntimeException | Error e) {
            confidentiality.close();
            throw e;
        }
    }

    /**
     * Reads the name of a key: the 4 octets of its XPK-ID in base64.
     *
     * @throws KmsException MALFORMED_REQUEST if it is another text
     */
    public static KeyIdentifier xpkIdOf(String keyName) {
        try {
            byte[] octets = Base64.getDecoder().decode(keyName);
            if (octets.length == KeyIdentifier.OCTETS && encode(octets).equals(keyName)) {
                return KeyIdentifier.of(Octets.copyOf(octets));
            }
        } catch (IllegalArgumentException e) {
            throw new KmsException(MALFORMED_REQUEST, "the name of a key is not base64", e);
        }
        throw new KmsException(MALFORMED_REQUEST, "the name of a key is not an XPK-ID in base64");
    }

    /** The identifier of the XPK. */
    public KeyIdentifier xpkId() {
        return xpkId;
    }

    /** The name that messages use: the XPK-ID in base64. */
    public String keyName() {
        return encode(xpkId.octets().toByteArray());
    }

    SecretOctets confidentiality() {
        return confidentiality;
    }

    SecretOctets integrity() {
        return integrity;
    }

    @Override
    public void close() {
        confidentiality.close();
        integrity.close();
    }

    @Override
    public String toString() {
        return "XpkKeys[" + xpkId + ", hidden]";
    }

    private static String encode(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }
}
