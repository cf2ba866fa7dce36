package org.mckms.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mckms.kms.application.RefusalAudit;
import org.mckms.kms.domain.OperatorIdentity;
import org.mckms.kms.domain.OperatorRole;
import org.mckms.platform.config.OperatorEntry;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class OperatorFilterTest {

    private static final Clock NOW = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);
    private static final Clock MUCH_LATER = Clock.fixed(Instant.parse("2200-01-01T00:00:00Z"), ZoneOffset.UTC);

    private final Map<String, Object> attributes = new HashMap<>();
    private final Map<String, String> headers = new HashMap<>();
    private final Map<String, String> answered = new HashMap<>();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final List<String> audited = new ArrayList<>();
    private final List<String> recorded = new ArrayList<>();
    private String method = "GET";
    private long announcedLength = -1;
    private boolean unwritten;
    private int status;
    private OperatorIdentity passed;

    private void filter(Clock clock, String... fingerprints) throws Exception {
        List<OperatorEntry> entries = new ArrayList<>();
        for (String fingerprint : fingerprints) {
            entries.add(new OperatorEntry("operator-" + entries.size(), fingerprint, Set.of(OperatorRole.OFFICER)));
        }
        HttpServletRequest request = request();
        new OperatorFilter(new Operators(entries, clock), audit(), gate())
                .doFilter(request, response(), (in, out) -> passed = OperatorFilter.operatorOf(request));
    }

    private OperatorFilterTest present(X509Certificate... chain) {
        attributes.put("jakarta.servlet.request.X509Certificate", chain);
        return this;
    }

    @Test
    void knowsAnOperatorByTheFingerprint() throws Exception {
        present(TestCertificates.officer())
                .filter(NOW, sha256(TestCertificates.stranger()), sha256(TestCertificates.officer()));
        assertThat(passed.name()).isEqualTo("operator-1");
        assertThat(passed.roles()).containsExactly(OperatorRole.OFFICER);
        assertThat(answered).containsEntry("Cache-Control", "no-store");
        assertThat(audited).isEmpty();
    }

    @Test
    void refusesAndAuditsWhoeverHasNoCertificate() throws Exception {
        filter(NOW, sha256(TestCertificates.officer()));
        assertRefused();
    }

    @Test
    void refusesAnUnknownCertificate() throws Exception {
        present(TestCertificates.stranger()).filter(NOW, sha256(TestCertificates.officer()));
        assertRefused();
    }

    @Test
    void looksAtTheClientsOwnCertificateOnly() throws Exception {
        present(TestCertificates.stranger(), TestCertificates.officer())
                .filter(NOW, sha256(TestCertificates.officer()));
        assertRefused();
    }

    @Test
    void refusesACertificateThatHasExpired() throws Exception {
        present(TestCertificates.officer()).filter(MUCH_LATER, sha256(TestCertificates.officer()));
        assertRefused();
    }

    @Test
    void refusesWhatAWebPageCausesInTheNameOfTheOperator() throws Exception {
        headers.put("Origin", "https://evil.example");
        present(TestCertificates.officer()).filter(NOW, sha256(TestCertificates.officer()));
        assertAnswered(403, 4035, "OPERATOR_ROLE_REQUIRED");
        assertThat(recorded).containsExactly("operator-0");
        assertThat(audited).isEmpty();
    }

    @Test
    void aWebPageWithAStrangersCertificateIsAStranger() throws Exception {
        headers.put("Origin", "https://evil.example");
        present(TestCertificates.stranger()).filter(NOW, sha256(TestCertificates.officer()));
        assertRefused();
        assertThat(recorded).isEmpty();
    }

    @Test
    void refusesABodyThatWaitsToBeAskedFor() throws Exception {
        method = "POST";
        headers.put("Content-Type", "application/json");
        headers.put("Expect", "100-continue");
        present(TestCertificates.officer()).filter(NOW, sha256(TestCertificates.officer()));
        assertAnswered(400, 400, "MALFORMED_REQUEST");
    }

    @Test
    void refusesABodyThatIsSaidToBeTooLong() throws Exception {
        method = "POST";
        headers.put("Content-Type", "application/json");
        announcedLength = 16 * 1024 + 1;
        present(TestCertificates.officer()).filter(NOW, sha256(TestCertificates.officer()));
        assertAnswered(413, 413, "BODY_TOO_LARGE");
    }

    @Test
    void doesNotWaitForTheBodyOfAGet() throws Exception {
        present(TestCertificates.officer()).filter(NOW, sha256(TestCertificates.officer()));
        assertThat(answered).doesNotContainKey("Connection");
        announcedLength = 5;
        filter(NOW, sha256(TestCertificates.officer()));
        assertThat(passed).isNotNull();
        assertThat(answered).containsEntry("Connection", "close");
    }

    @Test
    void aRefusalStandsIfTheAuditTrailFails() throws Exception {
        unwritten = true;
        headers.put("Origin", "https://evil.example");
        present(TestCertificates.officer()).filter(NOW, sha256(TestCertificates.officer()));
        assertAnswered(403, 4035, "OPERATOR_ROLE_REQUIRED");
    }

    @Test
    void takesBodiesInJsonOnly() throws Exception {
        method = "POST";
        present(TestCertificates.officer());
        for (String type : List.of("application/json", "application/json; charset=utf-8", "Application/JSON")) {
            headers.put("Content-Type", type);
            passed = null;
            filter(NOW, sha256(TestCertificates.officer()));
            assertThat(passed).isNotNull();
        }
        for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "application/jsonp")) {
            headers.put("Content-Type", type);
            passed = null;
            filter(NOW, sha256(TestCertificates.officer()));
            assertAnswered(415, 415, "UNSUPPORTED_MEDIA_TYPE");
        }
        headers.clear();
        filter(NOW, sha256(TestCertificates.officer()));
        assertAnswered(415, 415, "UNSUPPORTED_MEDIA_TYPE");
        assertThat(recorded).containsExactly("operator-0", "operator-0", "operator-0", "operator-0");
        assertThat(audited).isEmpty();
    }

    @Test
    void aRequestThatPassedItByIsAFault() {
        assertThatThrownBy(() -> OperatorFilter.operatorOf(request())).isInstanceOf(KmsException.class);
    }

    private void assertRefused() {
        assertAnswered(403, 4035, "OPERATOR_ROLE_REQUIRED");
        assertThat(audited).hasSize(1);
    }

    private void assertAnswered(int expectedStatus, int code, String name) {
        assertThat(passed).isNull();
        assertThat(status).isEqualTo(expectedStatus);
        assertThat(written.toString(StandardCharsets.UTF_8))
                .startsWith("{\"error\":{\"code\":" + code + ",\"name\":\"" + name + "\"");
        assertThat(answered).containsEntry("Connection", "close");
        written.reset();
    }

    /** Plays the interceptor, too. */
    private OperatorGate gate() {
        return new OperatorGate() {
            @Override
            public void refuseWebPages(OperatorIdentity operator, Optional<String> origin) {
                record(operator, () -> super.refuseWebPages(operator, origin));
            }

            @Override
            public void refuseForms(OperatorIdentity operator, Optional<String> contentType) {
                record(operator, () -> super.refuseForms(operator, contentType));
            }

            private void record(OperatorIdentity operator, Runnable check) {
                try {
                    check.run();
                } catch (KmsException e) {
                    recorded.add(operator.name());
                    if (unwritten) {
                        e.addSuppressed(new KmsException(KmsErrorCode.AUDIT_UNAVAILABLE, "no audit, on purpose"));
                    }
                    throw e;
                }
            }
        };
    }

    private RefusalAudit audit() {
        return new RefusalAudit() {
            @Override
            public void unauthenticated(String source, String reason) {
                audited.add(source + " " + reason);
            }
        };
    }

    private HttpServletRequest request() {
        return proxy(HttpServletRequest.class, (name, args) -> switch (name) {
            case "getMethod" -> method;
            case "getRemoteAddr" -> "192.0.2.1";
            case "getContentLengthLong" -> announcedLength;
            case "getContentType" -> headers.get("Content-Type");
            case "getHeader" -> headers.get((String) args[0]);
            case "getAttribute" -> attributes.get((String) args[0]);
            case "setAttribute" -> attributes.put((String) args[0], args[1]);
            default -> throw new UnsupportedOperationException(name);
        });
    }

    private HttpServletResponse response() {
        return proxy(HttpServletResponse.class, (name, args) -> {
            switch (name) {
                case "setStatus" -> status = (Integer) args[0];
                case "setHeader" -> answered.put((String) args[0], (String) args[1]);
                case "setContentType" -> answered.put("Content-Type", (String) args[0]);
                case "setContentLength" -> answered.put("Content-Length", args[0].toString());
                case "getOutputStream" -> {
                    return outputStream();
                }
                default -> throw new UnsupportedOperationException(name);
            }
            return null;
        });
    }

    private interface Play {
        Object call(String method, Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Play play) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, called, args) -> play.call(called.getName(), args)));
    }

    private ServletOutputStream outputStream() {
        return new ServletOutputStream() {
            @Override
            public void write(int octet) {
                written.write(octet);
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setWriteListener(WriteListener listener) {
                throw new UnsupportedOperationException();
            }
        };
    }

    private static String sha256(X509Certificate certificate) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    }
}
