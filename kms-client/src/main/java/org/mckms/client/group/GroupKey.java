package org.mckms.client.group;

import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.kdf.KeyDerivation;
import org.mckms.mikeysakke.mikey.CryptoSessionId;
import org.mckms.mikeysakke.secret.SecretOctets;

/** A group key, which is wiped on close, and what derives from it. Safe for use by several threads until it is closed. */
public final class GroupKey implements AutoCloseable {
    private final GroupKeyDetails details;
    private final SecretOctets key;

    /** Takes over the key, 16 octets. */
    GroupKey(GroupKeyDetails details, SecretOctets key) {
        this.details = details;
        this.key = key;
    }

    public GroupKeyDetails details() {
        return details;
    }

    /** The 16 octets of the key; lent until this is closed. */
    SecretOctets key() {
        return key;
    }

    GroupKey copy() {
        return new GroupKey(details, key.use(SecretOctets::copyOf));
    }

    /** The same key with other details. */
    GroupKey with(GroupKeyDetails other) {
        return new GroupKey(other, key.use(SecretOctets::copyOf));
    }

    /** The identifier under which a member speaks (TS 33.180 clause F.1.3). */
    public KeyIdentifier gukIdOf(String memberUri) {
        return KeyDerivation.gukId(key, details.keyId(), memberUri);
    }

    /**
     * What SRTP needs to speak or to hear a member who is known by URI.
     *
     * @param session group session of the service, for example {@link CryptoSessionId#MCPTT_GROUP}
     * @param talkerUri who speaks: the own URI, or that of another member
     */
    public SrtpMaterial srtpOf(CryptoSessionId session, String talkerUri) {
        return srtp(session, gukIdOf(talkerUri));
    }

    /**
     * What SRTP needs to hear a member who is known by what the packets name: GMK-ID and GUK-ID are the MKI.
     *
     * @param gukId the last 4 octets of the MKI
     */
    public SrtpMaterial srtp(CryptoSessionId session, KeyIdentifier gukId) {
        Octets mki = details.keyId().octets().concat(gukId.octets());
        return SrtpMaterial.derive(session, key, gukId, details.rand(), mki);
    }

    @Override
    public void close() {
        key.close();
    }

    @Override
    public String toString() {
        return "GroupKey[" + details.purpose() + " " + details.keyId() + ", hidden]";
    }
}
