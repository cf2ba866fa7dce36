package org.mckms.mikeysakke.secret;

import javax.crypto.SecretKey;

/** An AES key for one use, whose octets stay with their owner: unlike a SecretKeySpec it leaves no copy behind. */
public final class LentKey implements SecretKey {
    private static final long serialVersionUID = 1L;

    private final transient byte[] octets;

    /** A key of these octets, which are not copied; the owner wipes them after the cipher is set up. */
    public LentKey(byte[] octets) {
        this.octets = octets;
    }

    @Override
    public String getAlgorithm() {
        return "AES";
    }

    @Override
    public String getFormat() {
        return "RAW";
    }

    /** A copy, which the provider wipes. */
    @Override
    public byte[] getEncoded() {
        return octets.clone();
    }

    @Override
    public String toString() {
        return "LentKey[hidden]";
    }
}
