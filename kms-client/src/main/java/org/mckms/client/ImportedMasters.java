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

    private static final String KSAK = "ksak=";
    private static final String ZT = "zT=";

    private byte[] ksakHex = new byte[0];
    private byte[] zTHex = new byte[0];

    /** Without any number yet. */
    ImportedMasters() {}

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
            ImportedMasters masters = new ImportedMasters();
            masters.fill(text, file);
            return masters;
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

    /** Takes the numbers from the text of a file; if one is not right, those already taken are wiped. */
    void fill(byte[] text, Path file) {
        try {
            for (int begin = 0; begin < text.length; ) {
                int end = endOfLine(text, begin);
                take(text, begin, end, file);
                begin = end + 1;
            }
            requireTaken(ksakHex, KSAK, file);
            requireTaken(zTHex, ZT, file);
        } catch (ClientSetupException e) {
            close();
            throw e;
        }
    }

    private void take(byte[] text, int begin, int end, Path file) {
        if (startsWith(text, begin, end, KSAK)) {
            requireFirst(ksakHex, KSAK, file);
            ksakHex = Arrays.copyOfRange(text, begin + KSAK.length(), end);
            requireHex(ksakHex, MAX_KSAK_DIGITS, KSAK, file);
        } else if (startsWith(text, begin, end, ZT)) {
            requireFirst(zTHex, ZT, file);
            zTHex = Arrays.copyOfRange(text, begin + ZT.length(), end);
            requireHex(zTHex, MAX_ZT_DIGITS, ZT, file);
        } else if (begin < end && text[begin] != '#') {
            throw new ClientSetupException(
                    file + " has a line that begins with none of " + KSAK + ", " + ZT + " and #");
        }
    }

    private static void requireFirst(byte[] takenBefore, String name, Path file) {
        if (takenBefore.length > 0) {
            throw new ClientSetupException(file + " has two lines " + name);
        }
    }

    private static void requireHex(byte[] digits, int maxDigits, String name, Path file) {
        if (digits.length == 0 || digits.length > maxDigits || !isHex(digits)) {
            throw new ClientSetupException(
                    "in " + file + " the value of " + name + " must be 1 to " + maxDigits + " hex digits");
        }
    }

    private static void requireTaken(byte[] digits, String name, Path file) {
        if (digits.length == 0) {
            throw new ClientSetupException(file + " has no line " + name + "<hex digits>");
        }
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
