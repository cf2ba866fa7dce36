package org.mckms.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.BiFunction;

/**
 * Master secrets of an epoch to be imported, as hex digits: KSAK (up to 64 digits) and z_T (up to 256). Secrets of the
 * highest rank: closed, and with that wiped, as soon as the order is sent.
 */
public final class ImportedMasters implements AutoCloseable {
    private static final int MAX_FILE_OCTETS = 4096;
    private static final int MAX_KSAK_DIGITS = 64;
    private static final int MAX_ZT_DIGITS = 256;

    private final byte[] ksakHex;
    private final byte[] zTHex;

    private ImportedMasters(byte[] ksakHex, byte[] zTHex) {
        this.ksakHex = ksakHex;
        this.zTHex = zTHex;
    }

    /**
     * Reads a file with one line {@code ksak=<hex>} and one line {@code zT=<hex>}; empty lines and lines that begin with
     * {@code #} are allowed.
     *
     * @throws ClientSetupException if the file cannot be read or holds anything else
     */
    public static ImportedMasters read(Path file) {
        byte[] text = new byte[0];
        try {
            if (Files.size(file) > MAX_FILE_OCTETS) {
                throw new ClientSetupException(file + " is too large for a file of master secrets");
            }
            text = Files.readAllBytes(file);
            return new ImportedMasters(
                    value(text, "ksak=", MAX_KSAK_DIGITS, file), value(text, "zT=", MAX_ZT_DIGITS, file));
        } catch (IOException e) {
            throw new ClientSetupException("cannot read the master secrets in " + file, e);
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    /** Lends the hex digits of KSAK and z_T, in this order; they must not be kept. */
    public <T> T use(BiFunction<byte[], byte[], T> action) {
        return action.apply(ksakHex, zTHex);
    }

    @Override
    public void close() {
        Arrays.fill(ksakHex, (byte) 0);
        Arrays.fill(zTHex, (byte) 0);
    }

    @Override
    public String toString() {
        return "ImportedMasters[hidden]";
    }

    private static byte[] value(byte[] text, String name, int maxDigits, Path file) {
        byte[] found = null;
        for (int begin = 0; begin < text.length; ) {
            int end = endOfLine(text, begin);
            if (startsWith(text, begin, end, name)) {
                if (found != null) {
                    throw new ClientSetupException(file + " has two lines " + name);
                }
                found = Arrays.copyOfRange(text, begin + name.length(), end);
            }
            begin = end + 1;
        }
        if (found == null) {
            throw new ClientSetupException(file + " has no line " + name + "<hex digits>");
        }
        if (found.length == 0 || found.length > maxDigits || !isHex(found)) {
            Arrays.fill(found, (byte) 0);
            throw new ClientSetupException(
                    "in " + file + " the value of " + name + " must be 1 to " + maxDigits + " hex digits");
        }
        return found;
    }

    private static int endOfLine(byte[] text, int from) {
        int end = from;
        while (end < text.length && text[end] != '\n' && text[end] != '\r') {
            end++;
        }
        return end;
    }

    private static boolean startsWith(byte[] text, int begin, int end, String name) {
        if (end - begin < name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (text[begin + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHex(byte[] digits) {
        for (byte digit : digits) {
            if (Character.digit(digit, 16) < 0) {
                return false;
            }
        }
        return true;
    }
}
