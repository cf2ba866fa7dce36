package org.mckms.protocol.codec;

import java.io.OutputStream;
import java.util.Arrays;

/** Collects octets that may be secret and leaves no copy of them behind when it grows or is emptied. */
final class WipeableBuffer extends OutputStream {
    private static final int FIRST_CAPACITY = 8192;

    private byte[] octets = new byte[FIRST_CAPACITY];
    private int size;

    @Override
    public void write(int octet) {
        reserve(1);
        octets[size++] = (byte) octet;
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        reserve(length);
        System.arraycopy(source, offset, octets, size, length);
        size += length;
    }

    /** Hands out what was collected, as the only copy, and starts anew. */
    byte[] take() {
        byte[] taken = Arrays.copyOf(octets, size);
        wipe();
        return taken;
    }

    void wipe() {
        Arrays.fill(octets, (byte) 0);
        size = 0;
    }

    /** The array in use, for tests to look whether it is wiped. */
    byte[] backing() {
        return octets;
    }

    private void reserve(int more) {
        int needed = Math.addExact(size, more);
        if (needed > octets.length) {
            byte[] larger = Arrays.copyOf(octets, Math.max(needed, Math.multiplyExact(octets.length, 2)));
            Arrays.fill(octets, (byte) 0);
            octets = larger;
        }
    }
}
