package org.mckms.kms.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mckms.kms.application.ServerRig.ALICE;
import static org.mckms.kms.application.ServerRig.BASE;
import static org.mckms.kms.application.ServerRig.BOB;
import static org.mckms.kms.application.ServerRig.GMS;
import static org.mckms.kms.application.ServerRig.KMS_URI;
import static org.mckms.kms.application.ServerRig.OPERATOR;
import static org.mckms.kms.application.ServerRig.user;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mckms.kms.domain.CertificateProvenance;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.codec.KmsRequestCodec;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsCertCache;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.KmsInit;
import org.mckms.protocol.message.KmsRequest;
import org.mckms.protocol.message.KmsResponse;
import org.mckms.protocol.message.Role;

/** KMS Initialize and KMS CertCache. */
class ClientAnswersTest {

    private static final String INIT = "/keymanagement/identity/v1/init";
    private static final String CERT_CACHE = "/keymanagement/identity/v1/certcache";

    private final ServerRig rig = new ServerRig();

    @AfterEach
    void close() {
        rig.close();
    }

    private static void refuses(KmsErrorCode code, Runnable act) {
        assertThatExceptionOfType(KmsException.class).isThrownBy(act::run).satisfies(e -> assertThat(e.code())
                .isEqualTo(code));
    }

    private KmsResponse initialise(String uri) {
        return rig.initialise(user(uri), new InitRequest(Optional.empty(), INIT));
    }

    private KmsCertCache certCache(OptionalLong held) {
        try (AnswerForm form = new AnswerForm()) {
            return (KmsCertCache) rig.certificateCache
                    .newerThan(user(ALICE), new CertCacheRequest(held, Optional.empty(), CERT_CACHE), form)
                    .answer();
        }
    }

    @Test
    void initGivesTheRootCertificateOfThePresent() {
        KmsCertificate certificate = rig.epoch().certificate();

        KmsResponse response = initialise(ALICE);

        assertThat(response.answer()).isEqualTo(new KmsInit(certificate));
        assertThat(certificate.role()).isEqualTo(Role.ROOT);
        assertThat(response.userUri()).isEqualTo(ALICE);
        assertThat(response.kmsUri()).isEqualTo(KMS_URI);
        assertThat(response.clientReqUrl()).isEqualTo(BASE + INIT);
        assertThat(rig.audit.last().event()).isEqualTo(AuditEvent.KMS_INITIALISED);
    }

    @Test
    void initAnswersTheUserOfTheBody() {
        rig.epoch();
        KmsRequest body = new KmsRequest(
                BOB, KMS_URI, rig.time.instant(), Optional.empty(), Optional.empty(), BASE + INIT, Optional.empty());

        InitRequest request = new InitRequest(Optional.of(Octets.copyOf(KmsRequestCodec.encode(body))), INIT);

        assertThat(rig.initialise(user(ALICE, BOB), request).userUri()).isEqualTo(BOB);
        refuses(KmsErrorCode.FORBIDDEN_IDENTITY, () -> rig.initialise(user(ALICE), request));
    }

    @Test
    void initDoesNotRegisterAnybody() {
        rig.epoch();
        initialise(ALICE);

        assertThat(rig.operatorsIdentities.list(OPERATOR, Optional.empty(), 10)).isEmpty();
    }

    @Test
    void initRefusesTheBlockedTheUnreadyAndTheUnrecorded() {
        refuses(KmsErrorCode.NOT_READY, () -> initialise(ALICE));
        rig.epoch();
        refuses(KmsErrorCode.FORBIDDEN_IDENTITY, () -> initialise(GMS));
        rig.operatorsIdentities.block(OPERATOR, ALICE, "device lost");
        refuses(KmsErrorCode.IDENTITY_BLOCKED, () -> initialise(ALICE));
        rig.audit.available(false);
        refuses(KmsErrorCode.AUDIT_UNAVAILABLE, () -> initialise(BOB));
        rig.vault.deactivate("test");
        refuses(KmsErrorCode.NOT_READY, () -> initialise(BOB));
    }

    @Test
    void anEmptyCacheHasNumberZero() {
        assertThat(certCache(OptionalLong.empty())).isEqualTo(new KmsCertCache(OptionalLong.of(0), List.of()));
        assertThat(rig.audit.last().event()).isEqualTo(AuditEvent.CERT_CACHE_SERVED);
    }

    @Test
    void theCacheGivesWhatIsNewer() {
        KmsCertificate first = partner("cert1.partner.example");
        KmsCertificate second = partner("cert2.partner.example");

        assertThat(certCache(OptionalLong.empty()))
                .isEqualTo(new KmsCertCache(OptionalLong.of(2), List.of(first, second)));
        assertThat(certCache(OptionalLong.of(1))).isEqualTo(new KmsCertCache(OptionalLong.of(2), List.of(second)));
        assertThat(certCache(OptionalLong.of(2))).isEqualTo(new KmsCertCache(OptionalLong.of(2), List.of()));
        assertThat(certCache(OptionalLong.of(9))).isEqualTo(new KmsCertCache(OptionalLong.of(2), List.of()));
    }

    @Test
    void aPartnerCertificateThatWasChangedInTheDatabaseIsNotServed() {
        partner("cert1.partner.example");
        rig.database.tamper("UPDATE kms_external_certificate SET kms_uri = 'evil.example'");

        refuses(KmsErrorCode.INTERNAL, () -> certCache(OptionalLong.empty()));
    }

    @Test
    void theCacheRefusesTheBlocked() {
        rig.operatorsIdentities.block(OPERATOR, ALICE, "device lost");

        refuses(KmsErrorCode.IDENTITY_BLOCKED, () -> certCache(OptionalLong.empty()));
    }

    /** Stores a partner's certificate. */
    private KmsCertificate partner(String certUri) {
        KmsCertificate certificate = PartnerFixtures.certificate(certUri, "kms.partner.example");
        rig.transactions.inNew(() -> rig.external.add(
                certificate, new CertificateProvenance("olga", rig.time.instant(), "ab".repeat(32), Optional.empty())));
        return certificate;
    }
}
