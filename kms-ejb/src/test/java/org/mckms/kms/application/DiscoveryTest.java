package org.mckms.kms.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mckms.kms.application.ServerRig.ALICE;
import static org.mckms.kms.application.ServerRig.BASE;
import static org.mckms.kms.application.ServerRig.KMS_URI;
import static org.mckms.kms.application.ServerRig.OFFICER;
import static org.mckms.kms.application.ServerRig.OPERATOR;
import static org.mckms.kms.application.ServerRig.user;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mckms.kms.domain.CertificateProvenance;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.element.KmsAnswer;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsCertCache;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.KmsLookup;
import org.mckms.protocol.message.KmsResponse;

/** The resources cert, lookup and redirect, TS 33.180 annexes D.2.6 to D.2.8. */
class DiscoveryTest {

    private static final String ROOT = BASE + "/keymanagement/identity/v1";
    private static final String PARTNER = "kms.partner.example";

    private final ServerRig rig = new ServerRig();

    @AfterEach
    void close() {
        rig.close();
    }

    private KmsAnswer cert(String kmsUri) {
        CertificateRequest request = new CertificateRequest(kmsUri, Optional.empty(), ROOT + "/cert/" + kmsUri);
        try (AnswerForm form = new AnswerForm();
                KmsResponse response = rig.certificateOfKms.certificate(user(ALICE), request, form)) {
            return response.answer();
        }
    }

    private KmsAnswer lookup(String userUri, String domain) {
        LookupRequest request =
                new LookupRequest(userUri, Optional.ofNullable(domain), Optional.empty(), ROOT + "/lookup/" + userUri);
        try (AnswerForm form = new AnswerForm();
                KmsResponse response = rig.discovery.lookup(user(ALICE), request, form)) {
            return response.answer();
        }
    }

    private KmsAnswer redirect(String krrList) {
        String url = ROOT + "/redirect";
        String body = "<KmsRequest xmlns=\"urn:3gpp:ns:mcsecKMSInterface:1.0\" Version=\"1.1.0\"><UserUri>" + ALICE
                + "</UserUri><KmsUri>" + KMS_URI + "</KmsUri><Time>" + rig.time.instant() + "</Time><ClientReqUrl>"
                + url
                + "</ClientReqUrl>" + krrList + "</KmsRequest>";
        Octets octets = Octets.copyOf(body.getBytes(StandardCharsets.UTF_8));
        try (AnswerForm form = new AnswerForm();
                KmsResponse response = rig.discovery.receiveRedirects(
                        user(ALICE), new RedirectUpload(Optional.of(octets), url), form)) {
            return response.answer();
        }
    }

    private static String krrs(int count) {
        String krr = "<krr:KmsRedirectResponse xmlns:krr=\"urn:3gpp:ns:mcsecKMSKRR:1.0\">"
                + "<krr:Initiator>sip:alice@example.org</krr:Initiator><krr:Receiver>sip:bob@partner.example"
                + "</krr:Receiver><krr:RefusedKms>kms.wrong.example</krr:RefusedKms>"
                + "<krr:ProposedKms>kms.partner.example</krr:ProposedKms></krr:KmsRedirectResponse>";
        return "<KrrList>" + krr.repeat(count) + "</KrrList>";
    }

    private KmsCertificate hold(KmsCertificate certificate) {
        rig.transactions.inNew(() -> rig.external.add(
                certificate, new CertificateProvenance("olga", rig.time.instant(), "ab".repeat(32), Optional.empty())));
        return certificate;
    }

    private static KmsCertificate partner(String certUri, String validFrom) {
        return PartnerFixtures.certificate(certUri, PARTNER, validFrom, List.of("partner.example"));
    }

    @Test
    void givesTheCertificateOfOneKms() {
        hold(PartnerFixtures.certificate("cert.other.example", "kms.other.example"));
        KmsCertificate wanted = hold(partner("cert1.partner.example", "2026-01-01T00:00:00Z"));

        assertThat(cert(PARTNER)).isEqualTo(new KmsCertCache(OptionalLong.empty(), List.of(wanted)));
        assertThat(rig.audit.last().event()).isEqualTo(AuditEvent.CERTIFICATE_SERVED);
        assertThat(rig.audit.last().details()).containsEntry("certUri", "cert1.partner.example");
    }

    @Test
    void prefersTheNewestThatHolds() {
        hold(partner("cert1.partner.example", "2025-01-01T00:00:00Z"));
        KmsCertificate newest = hold(partner("cert2.partner.example", "2025-06-01T00:00:00Z"));
        hold(partner("cert3.partner.example", "2999-01-01T00:00:00Z"));

        assertThat(cert(PARTNER)).isEqualTo(new KmsCertCache(OptionalLong.empty(), List.of(newest)));
    }

    @Test
    void tellsOfARevocationIfNothingElseHolds() {
        hold(partner("cert1.partner.example", "2025-01-01T00:00:00Z"));
        rig.partnerCertificates.revoke(OFFICER, "cert1.partner.example", "stolen");

        KmsCertCache answer = (KmsCertCache) cert(PARTNER);

        assertThat(answer.certificates().get(0).revoked()).isTrue();
    }

    @Test
    void hasNoCertificateOfAnUnknownKmsAndNotItsOwn() {
        refuses(KmsErrorCode.NOT_FOUND, () -> cert(PARTNER));
        refuses(KmsErrorCode.NOT_FOUND, () -> cert(KMS_URI));
        hold(partner("cert1.partner.example", "2026-01-01T00:00:00Z"));
        refuses(KmsErrorCode.NOT_FOUND, () -> cert("KMS.partner.example"));
    }

    @Test
    void aChangedRowIsNotServed() {
        hold(partner("cert1.partner.example", "2026-01-01T00:00:00Z"));
        rig.database.tamper("UPDATE kms_external_certificate SET revoked = TRUE");

        refuses(KmsErrorCode.INTERNAL, () -> cert(PARTNER));
    }

    @Test
    void nothingIsServedToTheBlockedOrWithoutAudit() {
        hold(partner("cert1.partner.example", "2026-01-01T00:00:00Z"));
        rig.audit.available(false);
        refuses(KmsErrorCode.AUDIT_UNAVAILABLE, () -> cert(PARTNER));
        refuses(KmsErrorCode.AUDIT_UNAVAILABLE, () -> lookup("sip:bob@partner.example", "partner.example"));
        refuses(KmsErrorCode.AUDIT_UNAVAILABLE, () -> redirect(krrs(1)));
        rig.audit.available(true);
        rig.operatorsIdentities.block(OPERATOR, ALICE, "device lost");
        refuses(KmsErrorCode.IDENTITY_BLOCKED, () -> cert(PARTNER));
        refuses(KmsErrorCode.IDENTITY_BLOCKED, () -> lookup("sip:bob@partner.example", "partner.example"));
        refuses(KmsErrorCode.IDENTITY_BLOCKED, () -> redirect(krrs(1)));
    }

    @Test
    void findsTheKmsOfADomain() {
        hold(partner("cert1.partner.example", "2025-01-01T00:00:00Z"));
        hold(partner("cert2.partner.example", "2025-06-01T00:00:00Z"));

        assertThat(lookup("sip:bob@partner.example", "partner.example")).isEqualTo(new KmsLookup(List.of(PARTNER)));
        assertThat(lookup("sip:bob@Partner.Example", "Partner.Example")).isEqualTo(new KmsLookup(List.of(PARTNER)));
        assertThat(lookup(ALICE, "example.org")).isEqualTo(new KmsLookup(List.of(KMS_URI)));
        assertThat(rig.audit.last().event()).isEqualTo(AuditEvent.LOOKUP_SERVED);
    }

    @Test
    void findsNoKmsOfAnUnknownOrAbsentDomainAndNoneThatIsRevoked() {
        refuses(KmsErrorCode.NOT_FOUND, () -> lookup("sip:bob@elsewhere.example", "elsewhere.example"));
        refuses(KmsErrorCode.NOT_FOUND, () -> lookup("tel:+4930123456", null));
        hold(partner("cert1.partner.example", "2025-01-01T00:00:00Z"));
        rig.partnerCertificates.revoke(OFFICER, "cert1.partner.example", "stolen");
        refuses(KmsErrorCode.NOT_FOUND, () -> lookup("sip:bob@partner.example", "partner.example"));
    }

    @Test
    void writesRedirectResponsesDown() {
        assertThat(redirect(krrs(2))).isEqualTo(new KmsLookup(List.of()));
        assertThat(rig.audit.last().event()).isEqualTo(AuditEvent.KRR_RECEIVED);
        assertThat(rig.audit.last().details()).containsKeys("krr1", "krr2");
        assertThat(rig.audit.last().details().get("krr1"))
                .startsWith("sha256=")
                .contains(
                        " initiator=sip:alice@example.org",
                        " receiver=sip:bob@partner.example",
                        " refused=kms.wrong.example",
                        " proposed=kms.partner.example");
    }

    @Test
    void takesOneToEightRedirectResponses() {
        assertThat(redirect(krrs(8))).isEqualTo(new KmsLookup(List.of()));
        refuses(KmsErrorCode.MALFORMED_REQUEST, () -> redirect(krrs(9)));
        refuses(KmsErrorCode.MALFORMED_REQUEST, () -> redirect(""));
        refuses(KmsErrorCode.MALFORMED_REQUEST, () -> redirect("<KrrList></KrrList>"));
    }

    private static void refuses(KmsErrorCode code, Runnable act) {
        assertThatExceptionOfType(KmsException.class).isThrownBy(act::run).satisfies(e -> assertThat(e.code())
                .isEqualTo(code));
    }
}
