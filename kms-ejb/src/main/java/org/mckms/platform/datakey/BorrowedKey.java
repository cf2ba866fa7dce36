package org.mckms.platform.datakey;

import java.util.Arrays;
import javax.crypto.SecretKey;
import org.mckms.mikeysakke.secret.SecretOctets;

/** An AES key for one use: unlike a SecretKeySpec it is wiped when closed. */
final class BorrowedKey implements SecretKey, AutoCloseable {

    private static final long serialVersionUID = 1L;

    private final transient byte[] octets;

    BorrowedKey(SecretOctets key) {
        this.octets = key.use(byte[]::clone);
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
    public void close() {
        Arrays.fill(octets, (byte) 0);
    }
}
