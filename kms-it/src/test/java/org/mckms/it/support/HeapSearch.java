package org.mckms.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Looks for keys in a file, whatever is around them: as octets, of which one half is enough, as hex of either case, and as
 * base64 of either alphabet at each of the three places where octets can begin in it; texts with one octet a character or two.
 */
public final class HeapSearch {
    private static final int KEY_OCTETS = 32;
    private static final int FILTER_BITS = 22;
    private static final List<Charset> CHARSETS =
            List.of(StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE);

    private final Map<Long, List<Pattern>> byBeginning = new HashMap<>();
    private final BitSet filter = new BitSet(1 << FILTER_BITS);

    /** How a key can be written. */
    public enum Form {
        OCTETS,
        HEX_LOWER_CASE,
        HEX_UPPER_CASE,
        BASE64
    }

    private record Pattern(String found, byte[] octets) {}

    /** Looks for this key too, of 32 octets; what is found is called by its name. */
    public void lookFor(String name, byte[] key) {
        if (key.length != KEY_OCTETS) {
            throw new IllegalArgumentException("not a key of 256 bits");
        }
        add(name, Form.OCTETS, Arrays.copyOf(key, KEY_OCTETS / 2));
        add(name, Form.OCTETS, Arrays.copyOfRange(key, KEY_OCTETS / 2, KEY_OCTETS));
        addText(name, Form.HEX_LOWER_CASE, HexFormat.of().formatHex(key));
        addText(name, Form.HEX_UPPER_CASE, HexFormat.of().withUpperCase().formatHex(key));
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + KEY_OCTETS];
            System.arraycopy(key, 0, shifted, before, KEY_OCTETS);
            addText(name, Form.BASE64, withoutEdges(Base64.getEncoder(), shifted));
            addText(name, Form.BASE64, withoutEdges(Base64.getUrlEncoder(), shifted));
        }
    }

    /** The characters that what stands before and after the key has no part in. */
    private static String withoutEdges(Base64.Encoder encoder, byte[] shifted) {
        String text = encoder.withoutPadding().encodeToString(shifted);
        return text.substring(shifted.length > KEY_OCTETS ? 4 : 0, text.length() - 1);
    }

    private void addText(String name, Form form, String text) {
        CHARSETS.forEach(charset -> add(name, form, text.getBytes(charset)));
    }

    private void add(String name, Form form, byte[] octets) {
        long beginning = ByteBuffer.wrap(octets).getLong();
        byBeginning.computeIfAbsent(beginning, any -> new ArrayList<>()).add(new Pattern(found(name, form), octets));
        filter.set(mixed(beginning));
    }

    /** What is said of a key that was found. */
    public static String found(String name, Form form) {
        return name + " as " + form;
    }

    /** Which keys the file holds, and in which forms. */
    public Set<String> in(Path file) {
        try (FileChannel channel = FileChannel.open(file)) {
            MappedByteBuffer octets = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            return in(octets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Set<String> in(ByteBuffer octets) {
        Set<String> found = new TreeSet<>();
        long window = 0;
        for (int i = 0; i < octets.limit(); i++) {
            window = window << Byte.SIZE | octets.get(i) & 0xFF;
            if (filter.get(mixed(window))) {
                int begin = i - Long.BYTES + 1;
                byBeginning.getOrDefault(window, List.of()).stream()
                        .filter(pattern -> isAt(octets, begin, pattern.octets()))
                        .forEach(pattern -> found.add(pattern.found()));
            }
        }
        return found;
    }

    private static boolean isAt(ByteBuffer octets, int begin, byte[] wanted) {
        if (begin < 0 || octets.limit() - begin < wanted.length) {
            return false;
        }
        byte[] there = new byte[wanted.length];
        octets.get(begin, there);
        return Arrays.equals(there, wanted);
    }

    /** A number of {@link #FILTER_BITS} bits that depends on all eight octets. */
    private static int mixed(long window) {
        return (int) (window * 0x9E3779B97F4A7C15L >>> Long.SIZE - FILTER_BITS);
    }
}
