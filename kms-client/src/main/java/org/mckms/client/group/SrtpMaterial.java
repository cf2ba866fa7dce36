package org.mckms.client.group;

import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.mikey.CryptoSessionId;
import org.mckms.mikeysakke.secret.SecretOctets;

/** SRTP master key and master salt of one talker (TS 33.180 clause 7.4.2), wiped on close. */
public final class SrtpMaterial implements AutoCloseable {
    private final CryptoSessionId session;
    private final SecretOctets tek;
    private final SecretOctets salt;
    private final Octets mki;

    /** Takes over the secrets. */
    SrtpMaterial(CryptoSessionId session, SecretOctets tek, SecretOctets salt, Octets mki) {
        this.session = session;
        this.tek = tek;
        this.salt = salt;
        this.mki = mki;
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

    /** The MKI of the packets: GMK-ID and GUK-ID of the talker, 8 octets. */
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
