package org.mckms.platform.delivery;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.mckms.platform.config.AddressBlock;

/**
 * Which addresses are of the public network: what the registries of special-purpose addresses (RFC 6890) leave of IPv4, and of the one
 * block of IPv6 that is given out (RFC 4291, 2000::/3). A wrapped IPv4 address of any kind is none.
 */
final class PublicNetworks {

    private static final List<AddressBlock> NOT_PUBLIC_V4 = blocks(
            "0.0.0.0/8", // this network
            "10.0.0.0/8", // private
            "100.64.0.0/10", // shared by providers
            "127.0.0.0/8", // loopback
            "169.254.0.0/16", // link-local, and the metadata of cloud hosts
            "172.16.0.0/12", // private
            "192.0.0.0/24", // protocol assignments
            "192.0.2.0/24", // documentation
            "192.31.196.0/24", // AS112
            "192.52.193.0/24", // AMT
            "192.88.99.0/24", // 6to4 relays
            "192.168.0.0/16", // private
            "192.175.48.0/24", // AS112
            "198.18.0.0/15", // benchmarks
            "198.51.100.0/24", // documentation
            "203.0.113.0/24", // documentation
            "224.0.0.0/4", // multicast
            "240.0.0.0/4"); // reserved, and broadcast

    private static final List<AddressBlock> GIVEN_OUT_V6 = blocks("2000::/3");

    private static final List<AddressBlock> NOT_PUBLIC_V6 = blocks(
            "2001::/23", // protocol assignments, Teredo among them
            "2001:db8::/32", // documentation
            "2002::/16", // 6to4
            "2620:4f:8000::/48", // AS112
            "3fff::/20"); // documentation

    private PublicNetworks() {}

    static boolean contain(InetAddress address) {
        return address instanceof Inet4Address
                ? in(NOT_PUBLIC_V4, address) == 0
                : in(GIVEN_OUT_V6, address) > 0 && in(NOT_PUBLIC_V6, address) == 0;
    }

    private static long in(List<AddressBlock> blocks, InetAddress address) {
        return blocks.stream().filter(block -> block.contains(address)).count();
    }

    private static List<AddressBlock> blocks(String... texts) {
        return Stream.of(texts)
                .map(text -> AddressBlock.parse(text).orElseThrow())
                .toList();
    }
}
