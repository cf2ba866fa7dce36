package org.mckms.platform.row;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.Sha256;

/**
 * Numbers that stand for texts in indexes, where a long text in every page costs more than the row itself. Whoever looks
 * something up by such a number compares the text as well.
 */
public final class IndexHash {

    private IndexHash() {}

    /** The first eight octets, big-endian, of the SHA-256 of a text in UTF-8. */
    public static long of(String text) {
        return of(Sha256.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The first eight octets of a digest, big-endian. */
    public static long of(Octets digest) {
        return of(digest.toByteArray());
    }

    private static long of(byte[] digest) {
        return ByteBuffer.wrap(digest).getLong();
    }
}
