package org.mckms.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.kms.application.IdentityView;
import org.mckms.kms.application.PartnerCertificateView;
import org.mckms.kms.application.PartnerCertificates;
import org.mckms.kms.domain.OperatorIdentity;
import org.mckms.kms.domain.OperatorRole;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class PartnerCertificateResourceTest {

    private static final String CERT_URI = "cert1.partner.example";
    private static final OperatorIdentity OFFICER =
            new OperatorIdentity("olga", Set.of(OperatorRole.OFFICER), "ab".repeat(32));
    private static final String SHA256 = "0123456789abcdef".repeat(4);

    private final List<String> done = new ArrayList<>();
    private final PartnerCertificateResource resource = new PartnerCertificateResource();

    @BeforeEach
    void takeUseCase() {
        resource.certificates = new PartnerCertificates() {
            @Override
            public PartnerCertificateView importDocument(OperatorIdentity caller, byte[] document, String sha256) {
                done.add("import " + new String(document, StandardCharsets.UTF_8) + " " + sha256);
                return unreadable();
            }

            @Override
            public PartnerCertificateView replace(OperatorIdentity caller, byte[] document, String sha256) {
                done.add("replace " + new String(document, StandardCharsets.UTF_8) + " " + sha256);
                return unreadable();
            }

            @Override
            public PartnerCertificateView revoke(OperatorIdentity caller, String certUri, String reason) {
                done.add("revoke " + certUri + " " + reason);
                return unreadable();
            }

            @Override
            public void remove(OperatorIdentity caller, String certUri, String reason) {
                done.add("remove " + certUri + " " + reason);
            }
        };
    }

    private static PartnerCertificateView unreadable() {
        return new PartnerCertificateView(CERT_URI, Optional.empty(), false, IdentityView.Integrity.BROKEN);
    }

    private static String order(String document, String sha256) {
        return "{\"document\":\"" + document + "\",\"sha256\":\"" + sha256 + "\"}";
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF",
                "01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF"
            })
    void takesAFingerprintAsProgramsPrintIt(String sha256) {
        resource.importDocument(request(), body(order(base64("<x/>"), sha256)));
        resource.replace(request(), body(order(base64("<x/>"), sha256)));

        assertThat(done).containsExactly("import <x/> " + SHA256, "replace <x/> " + SHA256);
    }

    @Test
    void importsNothingWithoutDocumentAndFingerprint() {
        for (String json : List.of(
                "{}",
                "{\"document\":\"" + base64("<x/>") + "\"}",
                "{\"sha256\":\"" + SHA256 + "\"}",
                order("<x/>", SHA256),
                order("", SHA256))) {
            refuses(() -> resource.importDocument(request(), body(json)));
            refuses(() -> resource.replace(request(), body(json)));
        }
        assertThat(done).isEmpty();
    }

    @Test
    void revokesAndRemovesForAReason() {
        String json = "{\"certUri\":\"" + CERT_URI + "\",\"reason\":\"stolen\"}";
        resource.revoke(request(), body(json));
        resource.remove(request(), body(json));

        assertThat(done).containsExactly("revoke " + CERT_URI + " stolen", "remove " + CERT_URI + " stolen");
        refuses(() -> resource.revoke(request(), body("{\"certUri\":\"" + CERT_URI + "\"}")));
        refuses(() -> resource.remove(request(), body("{\"reason\":\"stolen\"}")));
    }

    @Test
    void aRowThatCannotBeReadShowsItself() {
        assertThat(PartnerViews.of(unreadable()))
                .containsOnlyKeys("certUri", "holds", "integrity")
                .extractingByKey("integrity")
                .hasToString("\"BROKEN\"");
    }

    private static void refuses(Runnable action) {
        assertThatThrownBy(action::run).isInstanceOfSatisfying(KmsException.class, e -> assertThat(e.code())
                .isEqualTo(KmsErrorCode.MALFORMED_REQUEST));
    }

    private static InputStream body(String json) {
        return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpServletRequest request() {
        return (HttpServletRequest) Proxy.newProxyInstance(
                PartnerCertificateResourceTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (self, m, args) -> {
                    if (m.getName().equals("getAttribute")) {
                        return OFFICER;
                    }
                    throw new UnsupportedOperationException(m.getName());
                });
    }
}
