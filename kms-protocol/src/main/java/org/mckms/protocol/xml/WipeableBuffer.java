package org.mckms.protocol.xml;

import java.util.Arrays;

/** Collects octets that may be secret and leaves no copy of them behind when it grows or is emptied. */
public final class WipeableBuffer {
    private static final int FIRST_CAPACITY = 8192;

    private byte[] octets = new byte[FIRST_CAPACITY];
    private int size;

    /** Takes octets by reference for the time of one call; must neither change nor keep them. */
    public interface Sink {
        /** As {@link java.security.MessageDigest#update(byte[], int, int)}. */
        void accept(byte[] source, int offset, int length);
    }

    /** Octets collected so far. */
    public int size() {
        return size;
    }

    /** Adds one octet. */
    public void write(int octet) {
        reserve(1);
        octets[size++] = (byte) octet;
    }

    /** Adds octets of an array. */
    public void write(byte[] source, int offset, int length) {
        reserve(length);
        System.arraycopy(source, offset, octets, size, length);
        size += length;
    }

    /** Lends what was collected from index {@code from} on. */
    public void lend(int from, Sink sink) {
        sink.accept(octets, from, size - from);
    }

    /** Hands out what was collected, as the only copy, and starts anew. */
    public byte[] take() {
        byte[] taken = Arrays.copyOf(octets, size);
        wipe();
        return taken;
    }

    /** Zeroes what was collected and starts anew. */
    public void wipe() {
        Arrays.fill(octets, 0, size, (byte) 0);
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
            Arrays.fill(octets, 0, size, (byte) 0);
            octets = larger;
        }
    }
}
