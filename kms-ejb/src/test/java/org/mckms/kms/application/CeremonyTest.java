package org.mckms.kms.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mckms.kms.application.ServerRig.AUDITOR;
import static org.mckms.kms.application.ServerRig.OFFICER;
import static org.mckms.kms.application.ServerRig.OPERATOR;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mckms.kms.domain.EpochId;
import org.mckms.kms.domain.EpochOrigin;
import org.mckms.kms.domain.EpochPurpose;
import org.mckms.kms.domain.EpochState;
import org.mckms.kms.infrastructure.vault.VaultFixtures;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.eccsi.KmsSecretAuthenticationKey;
import org.mckms.mikeysakke.identity.KeyPeriodSchedule;
import org.mckms.mikeysakke.sakke.KmsMasterSecret;
import org.mckms.platform.audit.AuditNote;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsCertificate;

class CeremonyTest {

    private ServerRig rig = new ServerRig();

    @AfterEach
    void close() {
        rig.close();
    }

    private static void refuses(KmsErrorCode code, Runnable act) {
        assertThatExceptionOfType(KmsException.class).isThrownBy(act::run).satisfies(e -> assertThat(e.code())
                .isEqualTo(code));
    }

    @Test
    void makesAnEpochByTheSettings() {
        EpochView made = rig.epoch();

        KmsCertificate certificate = made.certificate();
        assertThat(made.origin()).isEqualTo(EpochOrigin.DERIVED);
        assertThat(made.current()).isTrue();
        assertThat(certificate.kmsUri()).isEqualTo("kms.example.org");
        assertThat(certificate.issuer()).contains("Test issuer");
        assertThat(certificate.domains()).containsExactly("example.org");
        assertThat(rig.operatorsEpochs.list(AUDITOR)).containsExactly(made);
        assertThat(rig.operatorsEpochs.certificates(AUDITOR)).containsExactly(certificate);
        AuditNote note = rig.audit.last();
        assertThat(note.event()).isEqualTo(AuditEvent.EPOCH_CREATED);
        assertThat(note.subject()).isEqualTo(made.id().toString());
        assertThat(note.details())
                .containsEntry("kpak", certificate.pubAuthKey().octets().toHex());
    }

    @Test
    void aTokenThatLacksNothingGetsNothing() {
        assertThat(rig.ceremony.completeTokenKeys(OFFICER)).isEmpty();
        refuses(KmsErrorCode.OPERATOR_ROLE_REQUIRED, () -> rig.ceremony.completeTokenKeys(OPERATOR));
    }

    @Test
    void aKeyThatSealedOftenGetsASuccessor() {
        rig.database.tamper("INSERT INTO kms_seal_count VALUES ('kms.store.client.1', 134217728)");

        assertThat(rig.ceremony.completeTokenKeys(OFFICER)).containsExactly("kms.store.client.2");

        assertThat(rig.audit.last().details()).containsEntry("keys", "kms.store.client.2");
        assertThat(rig.vault.currentLabel()).isEqualTo("kms.store.client.2");
        assertThat(rig.ceremony.completeTokenKeys(OFFICER)).isEmpty();
    }

    @Test
    void importsPublishedMastersForDevelopmentOnly() {
        try (KmsSecretAuthenticationKey ksak = VaultFixtures.publishedKsak();
                KmsMasterSecret zT = VaultFixtures.publishedZt()) {
            EpochView imported =
                    rig.ceremony.importEpoch(OFFICER, rig.order(EpochPurpose.DEVELOPMENT, "rfc"), ksak, zT);

            assertThat(imported.origin()).isEqualTo(EpochOrigin.IMPORTED);
            assertThat(imported.certificate().pubAuthKey().octets()).isEqualTo(VaultFixtures.RFC.octets("kpak"));
            assertThat(imported.certificate().pubEncKey().octets()).isEqualTo(VaultFixtures.RFC.octets("zTPublic"));
            assertThat(rig.audit.last().event()).isEqualTo(AuditEvent.EPOCH_IMPORTED);
            refuses(
                    KmsErrorCode.MALFORMED_REQUEST,
                    () -> rig.ceremony.importEpoch(OFFICER, rig.order(EpochPurpose.PRODUCTION, "p"), ksak, zT));
        }
    }

    @Test
    void storesNoMasterInClear() {
        try (KmsSecretAuthenticationKey ksak = VaultFixtures.publishedKsak();
                KmsMasterSecret zT = VaultFixtures.publishedZt()) {
            rig.ceremony.importEpoch(OFFICER, rig.order(EpochPurpose.DEVELOPMENT, "rfc"), ksak, zT);
        }

        assertThat(rig.database.dump())
                .doesNotContainIgnoringCase(VaultFixtures.RFC.text("zT"))
                .doesNotContainIgnoringCase(VaultFixtures.RFC.text("ksak"));
    }

    @Test
    void onlyOfficersHoldIt() {
        EpochOrder order = rig.order(EpochPurpose.DEVELOPMENT, "cert");

        refuses(KmsErrorCode.OPERATOR_ROLE_REQUIRED, () -> rig.ceremony.createEpoch(OPERATOR, order));
        refuses(KmsErrorCode.OPERATOR_ROLE_REQUIRED, () -> rig.ceremony.prepareToken(AUDITOR));
        refuses(
                KmsErrorCode.OPERATOR_ROLE_REQUIRED,
                () -> rig.ceremony.retireEpoch(OPERATOR, new EpochId(UUID.randomUUID())));
        assertThat(rig.operatorsEpochs.list(AUDITOR)).isEmpty();
    }

    @Test
    void aCertUriIsUsedOnce() {
        rig.epoch();

        refuses(KmsErrorCode.CONFLICT, () -> rig.epoch());
    }

    @Test
    void aProductionServerTakesNoDevelopmentEpoch() {
        rig.close();
        rig = new ServerRig(Map.of("kms.profile", "production"));

        refuses(KmsErrorCode.CONFLICT, () -> rig.epoch());
    }

    @Test
    void anEpochThatCannotBeRecordedIsNotStored() {
        rig.audit.available(false);

        refuses(KmsErrorCode.AUDIT_UNAVAILABLE, () -> rig.epoch());

        assertThat(rig.operatorsEpochs.list(AUDITOR)).isEmpty();
    }

    @Test
    void aPreparedTokenIsNotPreparedAgain() {
        refuses(KmsErrorCode.CONFLICT, () -> rig.ceremony.prepareToken(OFFICER));
    }

    @Test
    void needsAnActiveVault() {
        rig.vault.deactivate("test");

        refuses(KmsErrorCode.NOT_READY, () -> rig.epoch());
        refuses(KmsErrorCode.NOT_READY, () -> rig.ceremony.prepareToken(OFFICER));
    }

    @Test
    void aRetiredEpochServesNoMore() {
        EpochView made = rig.epoch();

        EpochView retired = rig.ceremony.retireEpoch(OFFICER, made.id());

        assertThat(retired.state()).isEqualTo(EpochState.RETIRED);
        assertThat(retired.current()).isFalse();
        assertThat(rig.operatorsEpochs.list(AUDITOR)).containsExactly(retired);
        assertThat(rig.operatorsEpochs.certificates(AUDITOR)).isEmpty();
        assertThat(rig.audit.last().event()).isEqualTo(AuditEvent.EPOCH_RETIRED);
        refuses(
                KmsErrorCode.NOT_READY,
                () -> rig.provision(ServerRig.user(ServerRig.ALICE), ServerRig.request(ServerRig.ALICE)));
    }

    @Test
    void anUnknownEpochIsNotRetired() {
        refuses(
                KmsErrorCode.NOT_FOUND,
                () -> rig.ceremony.retireEpoch(
                        OFFICER, new EpochId(UUID.fromString("00000000-0000-0000-0000-000000000001"))));
    }

    @Test
    void aRetiredEpochIsNotRevivedInTheDatabase() {
        EpochView made = rig.epoch();
        rig.ceremony.retireEpoch(OFFICER, made.id());
        rig.database.tamper("UPDATE kms_epoch SET state = 'ACTIVE'");

        refuses(
                KmsErrorCode.INTERNAL,
                () -> rig.provision(ServerRig.user(ServerRig.ALICE), ServerRig.request(ServerRig.ALICE)));
    }

    @Test
    void anOrderIsCheckedAtBirth() {
        EpochOrder order = rig.order(EpochPurpose.DEVELOPMENT, "cert");

        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> rig.order(EpochPurpose.DEVELOPMENT, " "));
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() ->
                        new EpochOrder(order.purpose(), "c", order.validTo(), order.validFrom(), order.schedule()));
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> new EpochOrder(
                        order.purpose(), "c", order.validFrom(), order.validTo(), new KeyPeriodSchedule(59, 0)));
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> new EpochOrder(
                        order.purpose(),
                        "c",
                        order.validFrom(),
                        order.validTo(),
                        new KeyPeriodSchedule(EpochOrder.MAX_PERIOD_SECONDS + 1, 0)));
    }
}
