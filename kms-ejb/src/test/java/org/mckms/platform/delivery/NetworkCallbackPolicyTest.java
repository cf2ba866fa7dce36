package org.mckms.platform.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.platform.config.AddressBlock;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class NetworkCallbackPolicyTest {

    private static CallbackPolicy policy(List<String> allowed, String... found) {
        return new NetworkCallbackPolicy(
                allowed.stream()
                        .map(text -> AddressBlock.parse(text).orElseThrow())
                        .toList(),
                host -> Stream.of(found).map(NetworkCallbackPolicyTest::address).toList());
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static void refused(Runnable act) {
        assertThatThrownBy(act::run).isInstanceOfSatisfying(KmsException.class, e -> assertThat(e.code())
                .isEqualTo(KmsErrorCode.CALLBACK_REFUSED));
    }

    private static final CallbackAddress ADDRESS = CallbackAddress.of("https://ue.example.org/notify");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.1",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2001:200::1",
                "2606:4700::1111",
                "2a00:1450:4001::1"
            })
    void callsThePublicNetwork(String address) {
        assertThat(policy(List.of()).allows(address(address))).isTrue();
        assertThatCode(() -> policy(List.of(), address).require(ADDRESS)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.1",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "100::1",
                "fc00::1",
                "fd12:3456::1",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "2001::1",
                "2001:db8::1",
                "2002:7f00:1::1",
                "2002:a00:1::1",
                "3fff::1"
            })
    void doesNotCallTheInside(String address) {
        assertThat(policy(List.of()).allows(address(address))).isFalse();
        refused(() -> policy(List.of(), address).require(ADDRESS));
        refused(() -> policy(List.of(), "1.1.1.1", address).require(ADDRESS));
        refused(() -> policy(List.of(), address, "1.1.1.1").resolve(ADDRESS));
    }

    @Test
    void callsConfiguredBlocksAndNothingBesideThem() {
        CallbackPolicy policy = policy(List.of("10.1.0.0/16", "fd00:1::/64"));

        assertThat(policy.allows(address("10.1.2.3"))).isTrue();
        assertThat(policy.allows(address("fd00:1::5"))).isTrue();
        assertThat(policy.allows(address("10.2.0.0"))).isFalse();
        assertThat(policy.allows(address("fd00:1:0:1::5"))).isFalse();
        assertThat(policy.allows(address("127.0.0.1"))).isFalse();
    }

    @Test
    void refusesAHostWithoutAddress() {
        refused(() -> policy(List.of()).require(ADDRESS));
        assertThat(policy(List.of()).resolve(ADDRESS)).isEmpty();
    }

    /** Other ways to write 127.0.0.1, as the name service of the machine reads them. */
    @ParameterizedTest
    @ValueSource(strings = {"127.1", "2130706433", "localhost", "[::1]", "[::ffff:7f00:1]", "127.0.0.1"})
    void isNotDeceivedByOtherFormsOfAnAddress(String host) {
        CallbackPolicy policy =
                new NetworkCallbackPolicy(List.of(), new SystemHostLookup(Runnable::run, Duration.ofSeconds(5)));
        refused(() -> policy.require(CallbackAddress.of("https://" + host + "/")));
    }
}
