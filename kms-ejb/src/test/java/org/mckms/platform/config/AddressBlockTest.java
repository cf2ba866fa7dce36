package org.mckms.platform.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressBlockTest {

    @ParameterizedTest
    @CsvSource({
        "10.1.0.0/16, 10.1.255.255, true",
        "10.1.0.0/16, 10.2.0.0, false",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.128/25, 192.0.2.128, true",
        "192.0.2.1/32, 192.0.2.1, true",
        "192.0.2.1/32, 192.0.2.0, false",
        "fd00:1::/64, fd00:1::ffff, true",
        "fd00:1::/64, fd00:1:0:1::1, false",
        "::1/128, 0:0:0:0:0:0:0:1, true",
        "10.0.0.0/8, fd00::1, false",
        "fd00::/8, 10.0.0.1, false"
    })
    void containsTheAddressesWithItsPrefix(String block, String address, boolean expected) throws UnknownHostException {
        assertThat(AddressBlock.parse(block).orElseThrow().contains(InetAddress.getByName(address)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0.0",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.1/8",
                "10.1/16",
                "167772160/8",
                "256.0.0.0/8",
                "localhost/8",
                "fd00::/129",
                "fd00::1/64",
                "fd00/16",
                ":/0",
                "fd00:::/16",
                "10.0.0.0/8/8"
            })
    void takesNothingElse(String text) {
        assertThat(AddressBlock.parse(text)).isEmpty();
    }
}
