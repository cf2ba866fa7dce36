package org.mckms.kms.application;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * By what a remote address is counted. One subscriber of IPv6 has 2^64 addresses, which count as one; an IPv4 address is
 * counted by itself, as is whatever is no address.
 */
final class SourceName {

    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F]*:[0-9a-fA-F:.]*");
    private static final int PREFIX_OCTETS = 8;
    private static final HexFormat HEX = HexFormat.of();

    private SourceName() {}

    static String of(String address) {
        int zone = address.indexOf('%');
        String literal = zone < 0 ? address : address.substring(0, zone);
        if (!IPV6.matcher(literal).matches()) {
            return address;
        }
        try {
            InetAddress parsed = InetAddress.getByName(literal);
            return parsed instanceof Inet6Address ? prefix(parsed.getAddress()) : parsed.getHostAddress();
        } catch (UnknownHostException e) {
            return address;
        }
    }

    private static String prefix(byte[] address) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < PREFIX_OCTETS; i += 2) {
            text.append(HEX.formatHex(address, i, i + 2)).append(':');
        }
        return text.append(":/64").toString();
    }
}
