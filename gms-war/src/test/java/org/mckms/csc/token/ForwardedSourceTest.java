package org.mckms.csc.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.platform.config.Forwarding;

/** The forms of RFC 7239 clauses 4 and 6, its own examples among them. */
class ForwardedSourceTest {

    private static Optional<String> forwarded(String... values) {
        return ForwardedSource.of(arrival(List.of(values), List.of()), Forwarding.FORWARDED);
    }

    private static Optional<String> forwardedFor(String... values) {
        return ForwardedSource.of(arrival(List.of(), List.of(values)), Forwarding.X_FORWARDED_FOR);
    }

    private static Arrival arrival(List<String> forwarded, List<String> forwardedFor) {
        return new Arrival(true, Optional.empty(), "192.0.2.1", List.of(), forwarded, forwardedFor);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "for=192.0.2.60;proto=http;by=203.0.113.43|192.0.2.60",
                "For=\"[2001:db8:cafe::17]:4711\"|2001:db8:cafe:0:0:0:0:17",
                "for=192.0.2.43, for=198.51.100.17|198.51.100.17",
                "proto=https; for=\"198.51.100.17:80\"|198.51.100.17",
                "for=\"192.0.2.60\"|192.0.2.60"
            })
    void readsTheLastElement(String header, String address) {
        assertThat(forwarded(header)).contains(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "for=unknown",
                "for=_hidden",
                "for=_SEVKISEK",
                "for=192.0.2.256",
                "for=example.org",
                "for=\"2001:db8::1\"",
                "for=192.0.2.1, ",
                "by=192.0.2.1",
                "xfor=192.0.2.1",
                "for=192.0.2.1%0d%0a",
                "for=[::1%lo]",
                ""
            })
    void whatIsNoAddressIsNoSource(String header) {
        assertThat(forwarded(header)).isEmpty();
    }

    @Test
    void theLastFieldCountsOfSeveral() {
        assertThat(forwarded("for=192.0.2.1", "for=192.0.2.2")).contains("192.0.2.2");
        assertThat(forwardedFor("192.0.2.1, 192.0.2.3", "192.0.2.2")).contains("192.0.2.2");
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8::17,2001:db8:0:0:0:0:0:17",
        "192.0.2.7,192.0.2.7",
        "192.0.2.7:4711,192.0.2.7",
        "[2001:db8::17]:80,2001:db8:0:0:0:0:0:17"
    })
    void readsXForwardedFor(String header, String address) {
        assertThat(forwardedFor(header)).contains(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "unknown", "1.2.3", "::ffff:1.2.3.4.5", "a:b", ":"})
    void takesNoNameForAnAddress(String header) {
        assertThat(forwardedFor(header)).isEmpty();
    }
}
