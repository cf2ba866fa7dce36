package org.mckms.platform.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class CallbackAddressTest {

    @Test
    void tellsItsParts() {
        CallbackAddress address = CallbackAddress.of("https://ue.example.org:8443/a/b?c=%20d");
        assertThat(address.host()).isEqualTo("ue.example.org");
        assertThat(address.port()).isEqualTo(8443);
        assertThat(address.target()).isEqualTo("/a/b?c=%20d");
        assertThat(address.origin()).isEqualTo("https://ue.example.org:8443");
        assertThat(address).hasToString("https://ue.example.org:8443/a/b?c=%20d");

        CallbackAddress bare = CallbackAddress.of("https://[2001:200::1]");
        assertThat(bare.host()).isEqualTo("2001:200::1");
        assertThat(bare.port()).isEqualTo(443);
        assertThat(bare.target()).isEqualTo("/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/path",
                "ue.example.org",
                "http://ue.example.org/",
                "ftp://ue.example.org/",
                "https:///path",
                "https://user@ue.example.org/",
                "https://user:secret@ue.example.org/",
                "https://@ue.example.org/",
                "https://ue.example.org/#part",
                "https://ue.example.org:0/",
                "https://ue.example.org:65536/",
                "https://ue.example.org:x/",
                "https://ue example.org/",
                "https://ue.example.org/\r\nX: y",
                "https://ue.example.org\\@inside/",
                "https:ue.example.org",
                "file:///etc/passwd",
                "https://\u00fc.example.org/"
            })
    void refusesWhatIsNoPlainHttpsAddress(String text) {
        assertThatThrownBy(() -> CallbackAddress.of(text))
                .isInstanceOfSatisfying(
                        KmsException.class, e -> assertThat(e.code()).isEqualTo(KmsErrorCode.CALLBACK_REFUSED));
    }

    @Test
    void takes2048OctetsAndNoMore() {
        String base = "https://ue.example.org/";
        String longest = base + "x".repeat(CallbackAddress.MAX_OCTETS - base.length());
        assertThat(CallbackAddress.of(longest).target()).hasSizeGreaterThan(2000);
        assertThatThrownBy(() -> CallbackAddress.of(longest + "x")).isInstanceOf(KmsException.class);
    }
}
