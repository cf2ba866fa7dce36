package org.mckms.kms.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mckms.kms.application.ServerRig.AUDITOR;
import static org.mckms.kms.application.ServerRig.KMS_URI;
import static org.mckms.kms.application.ServerRig.OFFICER;
import static org.mckms.kms.application.ServerRig.OPERATOR;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mckms.kms.domain.CertificateEnding;
import org.mckms.mikeysakke.Sha256;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.codec.CertificateCodec;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsCertCache;
import org.mckms.protocol.message.KmsCertificate;

class PartnerCertificatesTest {

    private static final String CERT_URI = "cert1.partner.example";
    private static final String PARTNER = "kms.partner.example";
    private static final KmsCertificate FIRST = PartnerFixtures.certificate(CERT_URI, PARTNER);
    private static final KmsCertificate NEWER =
            PartnerFixtures.certificate(CERT_URI, PARTNER, "2026-02-01T00:00:00Z", List.of("partner.example"));

    private final ServerRig rig = new ServerRig();
    private final PartnerCertificates partners = rig.partnerCertificates;

    @BeforeEach
    void anEpoch() {
        rig.epoch();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private PartnerCertificateView imported(KmsCertificate certificate) {
        byte[] document = CertificateCodec.encode(certificate);
        return partners.importDocument(OFFICER, document, sha256(document));
    }

    private PartnerCertificateView replaced(KmsCertificate certificate) {
        byte[] document = CertificateCodec.encode(certificate);
        return partners.replace(OFFICER, document, sha256(document));
    }

    private KmsCertCache cache(long since) {
        return rig.transactions.inNew(() -> rig.external.newerThan(OptionalLong.of(since)));
    }

    @Test
    void importsWhatTheOperatorConfirmed() {
        PartnerCertificateView view = imported(FIRST);

        assertThat(view.integrity()).isEqualTo(IdentityView.Integrity.INTACT);
        assertThat(view.content().orElseThrow().certificate()).isEqualTo(FIRST);
        assertThat(view.content().orElseThrow().provenance().importedBy()).isEqualTo("olga");
        assertThat(view.content().orElseThrow().provenance().signerSha256()).isEmpty();
        assertThat(partners.list(AUDITOR)).containsExactly(view);
        assertThat(partners.show(AUDITOR, CERT_URI)).isEqualTo(view);
        assertThat(rig.audit.last().event()).isEqualTo(AuditEvent.PARTNER_CERTIFICATE_IMPORTED);
        assertThat(cache(0)).isEqualTo(new KmsCertCache(OptionalLong.of(1), List.of(FIRST)));
    }

    @Test
    void takesTheFingerprintOfTheCertificateAsWell() {
        byte[] document = CertificateCodec.encode(FIRST);
        String text = new String(document, StandardCharsets.UTF_8);
        byte[] spaced = text.replace("<CertUri>", "\n  <CertUri>").getBytes(StandardCharsets.UTF_8);
        PartnerDocument seen = partners.verify(OPERATOR, spaced);

        assertThat(seen.fingerprint())
                .isEqualTo(partners.verify(OPERATOR, document).fingerprint());
        assertThat(seen.sha256()).isEqualTo(sha256(spaced)).isNotEqualTo(sha256(document));
        assertThat(partners.importDocument(OFFICER, spaced, seen.fingerprint()).content())
                .isPresent();
    }

    @Test
    void importsWhatAnotherKmsExports() {
        try (ServerRig other = new ServerRig(Map.of("kms.uri", PARTNER))) {
            other.epoch();
            byte[] document = other.ownCertificate.export(OFFICER, Optional.empty());
            PartnerDocument seen = partners.verify(OPERATOR, document);

            PartnerCertificateView view = partners.importDocument(OFFICER, document, sha256(document));

            assertThat(seen.signer()).isPresent();
            assertThat(view.content().orElseThrow().provenance().signerSha256()).isEqualTo(seen.signerSha256());
            assertThat(other.audit.last().event()).isEqualTo(AuditEvent.CERTIFICATE_EXPORTED);
        }
    }

    @Test
    void exportsTheCertificateOfTheAskedEpochOnly() {
        refuses(KmsErrorCode.NOT_FOUND, () -> rig.ownCertificate.export(OFFICER, Optional.of("cert9")));
        refuses(KmsErrorCode.OPERATOR_ROLE_REQUIRED, () -> rig.ownCertificate.export(AUDITOR, Optional.empty()));
        assertThat(rig.ownCertificate.export(OFFICER, Optional.of("cert1.kms.example.org")))
                .isNotEmpty();
    }

    @Test
    void refusesAnotherFingerprint() {
        byte[] document = CertificateCodec.encode(FIRST);
        refuses(
                KmsErrorCode.INVALID_CERTIFICATE,
                () -> partners.importDocument(OFFICER, document, sha256(new byte[1])));
        assertThat(partners.list(OFFICER)).isEmpty();
    }

    @Test
    void refusesItself() {
        refuses(KmsErrorCode.CONFLICT, () -> imported(PartnerFixtures.certificate("cert.evil.example", KMS_URI)));
    }

    @Test
    void refusesWhatCannotBeReplacedWhatHasEndedAndWhatIsRevoked() {
        KmsCertificate nameless = new KmsCertificate(
                FIRST.role(),
                Optional.empty(),
                PARTNER,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                FIRST.schedule(),
                FIRST.pubEncKey(),
                FIRST.pubAuthKey(),
                List.of());
        refuses(KmsErrorCode.INVALID_CERTIFICATE, () -> imported(nameless));
        refuses(KmsErrorCode.INVALID_CERTIFICATE, () -> imported(changed(false, true)));
        refuses(KmsErrorCode.INVALID_CERTIFICATE, () -> imported(changed(true, false)));
    }

    private KmsCertificate changed(boolean revoked, boolean ended) {
        return new KmsCertificate(
                FIRST.role(),
                FIRST.certUri(),
                PARTNER,
                Optional.empty(),
                Optional.empty(),
                Optional.of(rig.time.instant().plus(ended ? Duration.ofSeconds(-1) : Duration.ofDays(1))),
                revoked,
                FIRST.schedule(),
                FIRST.pubEncKey(),
                FIRST.pubAuthKey(),
                List.of());
    }

    @Test
    void refusesATooLongUri() {
        refuses(
                KmsErrorCode.INVALID_CERTIFICATE,
                () -> imported(PartnerFixtures.certificate("c".repeat(513), PARTNER)));
    }

    @Test
    void importsACertUriOnce() {
        imported(FIRST);
        refuses(KmsErrorCode.CONFLICT, () -> imported(NEWER));
    }

    @Test
    void replacesUnderANewCacheNumber() {
        imported(FIRST);

        assertThat(replaced(NEWER).content().orElseThrow().cacheNum()).isEqualTo(2);
        assertThat(cache(1)).isEqualTo(new KmsCertCache(OptionalLong.of(2), List.of(NEWER)));
        assertThat(cache(0).certificates()).containsExactly(NEWER);
        assertThat(partners.history(AUDITOR, CERT_URI)).singleElement().satisfies(former -> {
            assertThat(former.cacheNum()).isEqualTo(1);
            assertThat(former.ending().kind()).isEqualTo(CertificateEnding.Kind.REPLACED);
        });
        refuses(KmsErrorCode.CONFLICT, () -> replaced(NEWER));
    }

    @Test
    void replacesOnlyWhatIsHeldAndOfTheSameKms() {
        refuses(KmsErrorCode.NOT_FOUND, () -> replaced(NEWER));
        imported(FIRST);
        refuses(KmsErrorCode.CONFLICT, () -> replaced(PartnerFixtures.certificate(CERT_URI, "kms.elsewhere.example")));
    }

    @Test
    void aRevokedCertificateStaysInTheCacheUnderANewNumber() {
        imported(FIRST);

        PartnerCertificateView revoked = partners.revoke(OPERATOR, CERT_URI, "stolen masters");

        assertThat(revoked.holds()).isFalse();
        assertThat(cache(1).cacheNum()).hasValue(2);
        assertThat(cache(1).certificates()).singleElement().satisfies(c -> assertThat(c.revoked())
                .isTrue());
        assertThat(rig.audit.last().details()).containsEntry("reason", "stolen masters");
        refuses(KmsErrorCode.CONFLICT, () -> partners.revoke(OPERATOR, CERT_URI, "again"));
    }

    @Test
    void removesWhatIsRevokedAndKeepsTheNumber() {
        imported(FIRST);
        refuses(KmsErrorCode.CONFLICT, () -> remove(CERT_URI));
        partners.revoke(OFFICER, CERT_URI, "over");

        partners.remove(OFFICER, CERT_URI, "over");

        assertThat(cache(0)).isEqualTo(new KmsCertCache(OptionalLong.of(2), List.of()));
        assertThat(rig.audit.last().event()).isEqualTo(AuditEvent.PARTNER_CERTIFICATE_REMOVED);
        assertThat(imported(FIRST).content().orElseThrow().cacheNum()).isEqualTo(3);
        assertThat(partners.history(AUDITOR, CERT_URI)).hasSize(2);
        refuses(KmsErrorCode.NOT_FOUND, () -> remove("cert2.partner.example"));
    }

    private PartnerCertificateView remove(String certUri) {
        partners.remove(OFFICER, certUri, "over");
        return null;
    }

    @Test
    void everyActHasItsRole() {
        byte[] document = CertificateCodec.encode(FIRST);
        refuses(
                KmsErrorCode.OPERATOR_ROLE_REQUIRED,
                () -> partners.importDocument(OPERATOR, document, sha256(document)));
        refuses(KmsErrorCode.OPERATOR_ROLE_REQUIRED, () -> partners.replace(OPERATOR, document, sha256(document)));
        refuses(KmsErrorCode.OPERATOR_ROLE_REQUIRED, () -> partners.revoke(AUDITOR, CERT_URI, "x"));
        imported(FIRST);
        partners.revoke(OPERATOR, CERT_URI, "x");
        refuses(KmsErrorCode.OPERATOR_ROLE_REQUIRED, () -> {
            partners.remove(OPERATOR, CERT_URI, "x");
            return null;
        });
    }

    @Test
    void aRowThatWasChangedShowsItself() {
        imported(FIRST);
        rig.database.tamper("UPDATE kms_external_certificate SET kms_uri = 'evil.example'");

        assertThat(partners.show(OFFICER, CERT_URI).integrity()).isEqualTo(IdentityView.Integrity.BROKEN);
        refuses(KmsErrorCode.INTERNAL, () -> partners.revoke(OFFICER, CERT_URI, "x"));
    }

    @Test
    void aCacheNumberThatWasChangedIsNotUsed() {
        imported(FIRST);
        rig.database.tamper("UPDATE kms_certificate_cache SET cache_num = 900");

        refuses(KmsErrorCode.INTERNAL, () -> cache(0));
        refuses(KmsErrorCode.INTERNAL, () -> replaced(NEWER));
    }

    @Test
    void simultaneousImportsGetDifferentNumbers() throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Long>> imports = IntStream.range(0, 8)
                    .<Callable<Long>>mapToObj(
                            i -> () -> imported(PartnerFixtures.certificate("cert" + i + ".partner.example", PARTNER))
                                    .content()
                                    .orElseThrow()
                                    .cacheNum())
                    .toList();
            List<Long> numbers = new ArrayList<>();
            for (Future<Long> each : threads.invokeAll(imports)) {
                numbers.add(each.get());
            }
            assertThat(numbers).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void withoutAuditNothingChanges() {
        rig.audit.available(false);
        refuses(KmsErrorCode.AUDIT_UNAVAILABLE, () -> imported(FIRST));
        rig.audit.available(true);
        assertThat(partners.list(OFFICER)).isEmpty();
    }

    private static void refuses(KmsErrorCode code, Callable<?> act) {
        assertThatExceptionOfType(KmsException.class).isThrownBy(act::call).satisfies(e -> assertThat(e.code())
                .isEqualTo(code));
    }

    private static String sha256(byte[] octets) {
        return HexFormat.of().formatHex(Sha256.of(octets));
    }
}
