package org.mckms.csc.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.platform.config.CertificateFingerprint;
import org.mckms.platform.config.Forwarding;
import org.mckms.platform.config.ProxyEntry;
import org.mckms.platform.config.ServerEntry;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class SenderRecognitionTest {

    private static final X509Certificate OF_SERVER = TestCertificates.gms();
    private static final X509Certificate OF_PROXY = TestCertificates.stranger();
    private static final ServerEntry GMS =
            TestSettings.gms(CertificateFingerprint.of(OF_SERVER).hex());
    private static final ServerEntry PTT = TestSettings.mcpttServer("bb");
    private static final String DIRECT = "192.0.2.1";
    private static final String BEHIND = "198.51.100.7";

    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T12:00:00Z"));

    private Sender recognise(Forwarding forwards, Arrival arrival) {
        String sha256 = CertificateFingerprint.of(OF_PROXY).hex();
        ProxyEntry proxy = new ProxyEntry("edge", sha256, Set.of("gms"), forwards);
        return new SenderRecognition(List.of(GMS, PTT), List.of(proxy), clock).recognise(arrival);
    }

    private static Arrival arrival(boolean onProxyListener, X509Certificate certificate, String... asserted) {
        return new Arrival(
                onProxyListener,
                Optional.ofNullable(certificate),
                DIRECT,
                List.of(asserted),
                List.of("for=203.0.113.1, for=" + BEHIND),
                List.of("203.0.113.1", "203.0.113.2, " + BEHIND));
    }

    private void assertRefused(Arrival arrival) {
        assertThatThrownBy(() -> recognise(Forwarding.FORWARDED, arrival))
                .isInstanceOfSatisfying(
                        KmsException.class, e -> assertThat(e.code()).isEqualTo(KmsErrorCode.UNTRUSTED_PROXY));
    }

    @Test
    void aDirectConnectionIsItsCertificatesServer() {
        assertThat(recognise(Forwarding.FORWARDED, arrival(false, OF_SERVER)))
                .isEqualTo(new Sender(Optional.of(GMS), Optional.empty(), DIRECT));
        assertThat(recognise(Forwarding.FORWARDED, arrival(false, null)))
                .isEqualTo(new Sender(Optional.empty(), Optional.empty(), DIRECT));
    }

    @Test
    void anAssertionOnADirectConnectionIsRefused() {
        assertRefused(arrival(false, null, GMS.uri()));
        assertRefused(arrival(false, OF_SERVER, GMS.uri()));
        assertRefused(arrival(false, null, ""));
    }

    @Test
    void aProxysCertificateIsNoServersAndNoUsers() {
        assertRefused(arrival(false, OF_PROXY));
        assertRefused(arrival(false, OF_PROXY, GMS.uri()));
    }

    @Test
    void theListenerForProxiesTakesConfiguredProxiesOnly() {
        assertRefused(arrival(true, null));
        assertRefused(arrival(true, OF_SERVER));
        assertRefused(arrival(true, OF_SERVER, GMS.uri()));
    }

    @Test
    void anExpiredProxyCertificateIsNone() {
        clock.advance(Duration.ofDays(365 * 200));

        assertRefused(arrival(true, OF_PROXY));
    }

    @Test
    void aProxyWithoutAssertionBringsSomebodyWithoutCertificate() {
        assertThat(recognise(Forwarding.NONE, arrival(true, OF_PROXY)))
                .isEqualTo(new Sender(Optional.empty(), Optional.of("edge"), DIRECT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sip:gms@example.org",
                "\"sip:gms@example.org\"",
                "<sip:gms@example.org>",
                "\"<sip:gms@example.org>\"",
                " sip:gms@example.org "
            })
    void aProxyAssertsAServerItMayAssert(String header) {
        assertThat(recognise(Forwarding.NONE, arrival(true, OF_PROXY, header)))
                .isEqualTo(new Sender(Optional.of(GMS), Optional.of("edge"), DIRECT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sip:ptt@example.org",
                "sip:alice@example.org",
                "SIP:gms@example.org",
                "sip:gms@example.org:5060",
                "sip:gms@example.org, sip:ptt@example.org",
                "sip:gms@example.org sip:ptt@example.org",
                "<sip:gms@example.org",
                "sip:gms@example.org>",
                "\"sip:gms@example.org",
                "gms",
                "",
                "\"\""
            })
    void aProxyAssertsNobodyElse(String header) {
        assertRefused(arrival(true, OF_PROXY, header));
    }

    @Test
    void twoAssertionsAreNone() {
        assertRefused(arrival(true, OF_PROXY, GMS.uri(), GMS.uri()));
    }

    @ParameterizedTest
    @CsvSource({"NONE," + DIRECT, "FORWARDED," + BEHIND, "X_FORWARDED_FOR," + BEHIND})
    void theSourceIsTheLastAddressWhereTheProxyIsBelieved(Forwarding forwards, String source) {
        assertThat(recognise(forwards, arrival(true, OF_PROXY)).source()).isEqualTo(source);
    }
}
