package org.mckms.client.group;

import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.mikey.CryptoSessionId;
import org.mckms.mikeysakke.mikey.SrtpKeyDerivation;
import org.mckms.mikeysakke.secret.SecretOctets;

/** SRTP master key and master salt of one talker, or of floor control (TS 33.180 clause 7.4), wiped on close. */
public final class SrtpMaterial implements AutoCloseable {
    private final CryptoSessionId session;
    private final SecretOctets tek;
    private final SecretOctets salt;
    private final Octets mki;

    /** Takes over the secrets. */
    private SrtpMaterial(CryptoSessionId session, SecretOctets tek, SecretOctets salt, Octets mki) {
        this.session = session;
        this.tek = tek;
        this.salt = salt;
        this.mki = mki;
    }

    /**
     * What derives from a key without diversity: CSK, MuSiK (TS 33.180 clauses 7.4 and E.4.1).
     *
     * @param key 16 octets, not kept
     * @param keyId CSB-ID and MKI
     * @param rand of the message that brought the key
     */
    public static SrtpMaterial derive(CryptoSessionId session, SecretOctets key, KeyIdentifier keyId, Octets rand) {
        return derive(session, key, keyId, rand, keyId.octets());
    }

    static SrtpMaterial derive(
            CryptoSessionId session, SecretOctets key, KeyIdentifier csbId, Octets rand, Octets mki) {
        SecretOctets tek = SrtpKeyDerivation.tek(key, session.csId(), csbId, rand);
        try {
            return new SrtpMaterial(session, tek, SrtpKeyDerivation.salt(key, session.csId(), csbId, rand), mki);
        } catch (RuntimeException | Error e) {
            tek.close();
            throw e;
        }
    }

    public CryptoSessionId session() {
        return session;
    }

    /** The SRTP master key, 16 octets; lent until this is closed. */
    public SecretOctets tek() {
        return tek;
    }

    /** The SRTP master salt, 12 octets; lent until this is closed. */
    public SecretOctets salt() {
        return salt;
    }

    /** The MKI of the packets: GMK-ID and GUK-ID of the talker, 8 octets; of other keys their identifier, 4 octets. */
    public Octets mki() {
        return mki;
    }

    @Override
    public void close() {
        tek.close();
        salt.close();
    }

    @Override
    public String toString() {
        return "SrtpMaterial[" + session + ", MKI " + mki + ", hidden]";
    }
}
