package org.mckms.protocol.security;

import java.security.MessageDigest;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.secret.SecretOctets;

/**
 * The one signature of a received document. That the document has the right structure, and that the signature covers the
 * element whose content was read, was checked before this object came to be ({@link SignatureParts}); whether the
 * signature holds is for {@link #verifies} to say.
 */
public final class MessageSignature {
    private final String keyName;
    private final Octets signedInfo;
    private final Octets value;
    private final Octets digest;
    private final Octets claimedDigest;

    /**
     * @param signedInfo SignedInfo in canonical form
     * @param value SignatureValue
     * @param digest SHA-256 of the canonical signed element, as computed
     * @param claimedDigest DigestValue
     */
    MessageSignature(String keyName, Octets signedInfo, Octets value, Octets digest, Octets claimedDigest) {
        this.keyName = keyName;
        this.signedInfo = signedInfo;
        this.value = value;
        this.digest = digest;
        this.claimedDigest = claimedDigest;
    }

    /** The key that the sender names; look it up among the keys of the authenticated sender, nowhere else. */
    public String keyName() {
        return keyName;
    }

    /** Whether the document was signed with this key, under its name. HMAC-SHA-256 of full length, in constant time. */
    public boolean verifies(NamedKey key) {
        return verifies(key.name(), key.key());
    }

    /** The same with a key that has its name from elsewhere. */
    public boolean verifies(String name, SecretOctets key) {
        byte[] expected = HmacSha256.of(key, mac -> mac.update(signedInfo.toByteArray()));
        return MessageDigest.isEqual(expected, value.toByteArray())
                && digest.equals(claimedDigest)
                && name.equals(keyName);
    }

    /**
     * SHA-256 over the canonical signed element. Two documents with a signature that verifies and the same fingerprint say
     * the same, whatever their octets.
     */
    public Octets fingerprint() {
        return digest;
    }
}
