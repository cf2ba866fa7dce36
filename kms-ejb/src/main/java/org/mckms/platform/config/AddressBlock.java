package org.mckms.platform.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.mckms.mikeysakke.Octets;

/**
 * A block of IP addresses, written {@code address/length} (RFC 4632 clause 3.1, RFC 4291 clause 2.3).
 *
 * @param network the first address, 4 or 16 octets; the bits behind the prefix are zero
 * @param bits    length of the prefix
 */
public record AddressBlock(Octets network, int bits) {

    /** Digits and colons only: nothing that a name service would be asked for. */
    private static final Pattern FORM = Pattern.compile("([0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)/([0-9]{1,3})");

    private static final Pattern DOTTED = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

    /** The block, or nothing if the text is none or has bits behind its prefix. */
    public static Optional<AddressBlock> parse(String text) {
        var matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String address = matcher.group(1);
        if (address.indexOf(':') < 0 && !DOTTED.matcher(address).matches()) {
            return Optional.empty();
        }
        try {
            byte[] octets = InetAddress.getByName(address).getAddress();
            int bits = Integer.parseInt(matcher.group(2));
            AddressBlock block = new AddressBlock(Octets.copyOf(octets), bits);
            boolean fits = bits <= octets.length * Byte.SIZE && !block.hasBitsBehindPrefix();
            return fits ? Optional.of(block) : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Whether the address is in the block; an IPv4 address is never in a block of IPv6. */
    public boolean contains(InetAddress address) {
        byte[] octets = address.getAddress();
        if (octets.length != network.size()) {
            return false;
        }
        byte[] first = network.toByteArray();
        for (int bit = 0; bit < bits; bit++) {
            if (bit(octets, bit) != bit(first, bit)) {
                return false;
            }
        }
        return true;
    }

    private boolean hasBitsBehindPrefix() {
        byte[] first = network.toByteArray();
        for (int bit = bits; bit < first.length * Byte.SIZE; bit++) {
            if (bit(first, bit) != 0) {
                return true;
            }
        }
        return false;
    }

    private static int bit(byte[] octets, int index) {
        return octets[index / Byte.SIZE] >> (Byte.SIZE - 1 - index % Byte.SIZE) & 1;
    }
}
