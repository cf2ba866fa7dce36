package org.mckms.protocol.xml;

import java.io.CharArrayReader;
import java.io.IOException;

/** Counts the characters that the parser has asked for, so that a test can tell how early it stopped. */
final class CountingReader extends CharArrayReader {
    private long characters;

    /** Reads {@code source} from index {@code from} up to but not including {@code to}; does not copy it. */
    CountingReader(char[] source, int from, int to) {
        super(source, from, to - from);
    }

    long characters() {
        return characters;
    }

    @Override
    public int read() throws IOException {
        int c = super.read();
        characters += c < 0 ? 0 : 1;
        return c;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        int count = super.read(target, offset, length);
        characters += Math.max(count, 0);
        return count;
    }
}
