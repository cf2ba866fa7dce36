package org.mckms.kms.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mckms.kms.application.RegistrationRig.PASSPHRASE;
import static org.mckms.kms.application.RegistrationRig.order;
import static org.mckms.kms.application.ServerRig.ALICE;
import static org.mckms.kms.application.ServerRig.AUDITOR;
import static org.mckms.kms.application.ServerRig.BOB;
import static org.mckms.kms.application.ServerRig.GMS;
import static org.mckms.kms.application.ServerRig.OFFICER;
import static org.mckms.kms.application.ServerRig.OPERATOR;
import static org.mckms.kms.application.ServerRig.OTHER_OFFICER;
import static org.mckms.kms.application.ServerRig.PARTNER_GMS;

import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.kms.application.Registered.Outcome;
import org.mckms.kms.domain.ClientKeysId;
import org.mckms.kms.domain.ClientKeysRecord;
import org.mckms.kms.domain.ClientKeysState;
import org.mckms.kms.domain.OpenedClientKeys;
import org.mckms.kms.domain.OperatorIdentity;
import org.mckms.kms.domain.OperatorRole;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.sealed.Recipient;
import org.mckms.protocol.sealed.RegistrationFile;
import org.mckms.protocol.security.ClientKeys;
import org.mckms.protocol.security.NamedKey;

class ClientRegistrationTest {

    @TempDir
    Path folder;

    private final Recipient recipient = Recipient.passphrase(PASSPHRASE);
    private RegistrationRig rig;

    @BeforeEach
    void open() {
        rig = new RegistrationRig(folder);
    }

    @AfterEach
    void close() {
        recipient.close();
        rig.close();
    }

    private static void refuses(KmsErrorCode code, Supplier<?> act) {
        assertThatExceptionOfType(KmsException.class).isThrownBy(act::get).satisfies(e -> assertThat(e.code())
                .isEqualTo(code));
    }

    private ClientKeysRecord only(String owner) {
        List<ClientKeysView> views = rig.registration.ofOwner(AUDITOR, owner);
        assertThat(views).hasSize(1);
        assertThat(views.get(0).integrity()).isEqualTo(IdentityView.Integrity.INTACT);
        return views.get(0).record().orElseThrow();
    }

    private boolean holds(RegistrationFile file) {
        return rig.server.transactions.inNew(() -> {
            try (OpenedClientKeys stored = rig.server
                    .clientKeys
                    .openDefault(file.userUri(), Optional.empty())
                    .orElseThrow()) {
                return same(stored.active().transportKey(), file.keys().transportKey())
                        && same(stored.active().signingKey(), file.keys().signingKey());
            }
        });
    }

    private static boolean same(NamedKey one, NamedKey other) {
        return one.name().equals(other.name()) && one.key().constantTimeEquals(other.key());
    }

    @Test
    void fileHoldsTheKeysThatAreStoredAndWhereToUseThem() {
        try (RegistrationFile file = rig.registered(ALICE)) {
            assertThat(file.kmsUri()).isEqualTo(ServerRig.KMS_URI);
            assertThat(file.baseUrls()).containsExactly(ServerRig.BASE);
            assertThat(file.userUri()).isEqualTo(ALICE);
            assertThat(file.device()).isEqualTo("default");
            assertThat(file.root().certUri()).contains("cert1.kms.example.org");
            assertThat(file.notAfter())
                    .isEqualTo(
                            rig.server.time.instant().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS));
            assertThat(holds(file)).isTrue();
        }
        assertThat(only(ALICE).state()).isEqualTo(ClientKeysState.REGISTERED);
    }

    @Test
    void registrationIsInTheAuditTrailWithoutAnyKey() {
        rig.registered(ALICE).close();

        assertThat(rig.server.audit.last().event()).isEqualTo(AuditEvent.CLIENT_KEYS_REGISTERED);
        assertThat(rig.server.audit.last().actor()).isEqualTo("operator:olga");
        assertThat(rig.server.audit.last().details())
                .containsOnlyKeys(
                        "certificateSha256",
                        "device",
                        "names",
                        "number",
                        "origin",
                        "reason",
                        "revision",
                        "state",
                        "usableUntil");
    }

    @Test
    void anotherFileVoidsTheOneBefore() {
        try (RegistrationFile first = rig.registered(ALICE);
                RegistrationFile second = rig.registered(ALICE)) {
            assertThat(holds(first)).isFalse();
            assertThat(holds(second)).isTrue();
            assertThat(only(ALICE).revision()).isEqualTo(2);
        }
    }

    @Test
    void nothingIsRegisteredWithoutAnAuditRecord() {
        rig.server.audit.available(false);

        refuses(KmsErrorCode.AUDIT_UNAVAILABLE, () -> rig.registration.register(OFFICER, order(ALICE), recipient));

        assertThat(rig.registration.ofOwner(AUDITOR, ALICE)).isEmpty();
    }

    @Test
    void serversKeysNeedTwoOfficers() {
        refuses(KmsErrorCode.SECOND_OFFICER_REQUIRED, () -> rig.registration.register(OFFICER, order(GMS), recipient));
        refuses(KmsErrorCode.NOT_FOUND, () -> rig.registration.approve(OTHER_OFFICER, order(GMS), recipient));
        Registered asked = rig.registration.request(OFFICER, order(GMS).id(), "new server");
        assertThat(asked.outcome()).isEqualTo(Outcome.REQUESTED);
        assertThat(asked.file()).isEmpty();
        refuses(KmsErrorCode.SECOND_OFFICER_REQUIRED, () -> rig.registration.approve(OFFICER, order(GMS), recipient));

        try (RegistrationFile file = rig.open(rig.registration.approve(OTHER_OFFICER, order(GMS), recipient))) {
            assertThat(holds(file)).isTrue();
        }

        assertThat(rig.server.audit.last().details())
                .containsEntry("requestedBy", "olga")
                .containsEntry("requestReason", "new server");
        refuses(KmsErrorCode.NOT_FOUND, () -> rig.registration.approve(OTHER_OFFICER, order(GMS), recipient));
    }

    @Test
    void theGmsOfAPartnerHasNoKeysHere() {
        refuses(
                KmsErrorCode.FORBIDDEN_IDENTITY,
                () -> rig.registration.register(OFFICER, order(PARTNER_GMS), recipient));
        refuses(
                KmsErrorCode.FORBIDDEN_IDENTITY,
                () -> rig.registration.request(OFFICER, order(PARTNER_GMS).id(), "partner"));
        refuses(
                KmsErrorCode.FORBIDDEN_IDENTITY,
                () -> rig.registration.approve(OTHER_OFFICER, order(PARTNER_GMS), recipient));
        try (ClientKeys keys = RegistrationRig.keysOf(PARTNER_GMS)) {
            refuses(
                    KmsErrorCode.FORBIDDEN_IDENTITY,
                    () -> rig.registration.importKeys(OFFICER, order(PARTNER_GMS), keys));
        }
        assertThat(rig.registration.ofOwner(AUDITOR, PARTNER_GMS)).isEmpty();
    }

    @Test
    void oneNameOrOneCertificateIsOneOfficer() {
        rig.registration.request(OFFICER, order(GMS).id(), "new server");
        OperatorIdentity sameName = new OperatorIdentity("olga", Set.of(OperatorRole.OFFICER), "9".repeat(64));
        OperatorIdentity sameCertificate =
                new OperatorIdentity("other", Set.of(OperatorRole.OFFICER), OFFICER.certificateSha256());

        for (OperatorIdentity same : List.of(sameName, sameCertificate)) {
            refuses(KmsErrorCode.SECOND_OFFICER_REQUIRED, () -> rig.registration.approve(same, order(GMS), recipient));
        }
    }

    @Test
    void requestIsVoidAfterADay() {
        rig.registration.request(OFFICER, order(GMS).id(), "new server");
        rig.server.time.pass(Duration.ofHours(24));

        refuses(KmsErrorCode.NOT_FOUND, () -> rig.registration.approve(OTHER_OFFICER, order(GMS), recipient));
    }

    @Test
    void requestThatSomebodyWroteIntoTheDatabaseIsRefused() {
        rig.registration.request(OFFICER, order(GMS).id(), "new server");
        rig.server.database.tamper("UPDATE kms_registration_request SET officer = 'nobody', officer_certificate = '"
                + "7".repeat(64) + "'");

        refuses(KmsErrorCode.INTERNAL, () -> rig.registration.approve(OFFICER, order(GMS), recipient));

        assertThat(rig.server.audit.events()).contains(AuditEvent.ROW_TAMPERED);
        assertThat(rig.registration.ofOwner(AUDITOR, GMS)).isEmpty();
    }

    @Test
    void importOfServersKeysUsesUpTheRequestOfAnother() {
        try (ClientKeys keys = RegistrationRig.keysOf(GMS)) {
            refuses(KmsErrorCode.NOT_FOUND, () -> rig.registration.importKeys(OFFICER, order(GMS), keys));
            rig.registration.request(OTHER_OFFICER, order(GMS).id(), "made by the vendor");

            Registered done = rig.registration.importKeys(OFFICER, order(GMS), keys);

            assertThat(done.outcome()).isEqualTo(Outcome.REGISTERED);
            assertThat(done.file()).isEmpty();
        }
        assertThat(only(GMS).activeNames()).containsExactly("tk." + GMS, "ink." + GMS);
    }

    @Test
    void clientsKeysNeedNoSecondOfficer() {
        refuses(
                KmsErrorCode.CONFLICT,
                () -> rig.registration.request(OFFICER, order(ALICE).id(), "why not"));
        refuses(KmsErrorCode.CONFLICT, () -> rig.registration.approve(OFFICER, order(ALICE), recipient));
    }

    @Test
    void revokedKeysAreGone() {
        rig.importKeys(ALICE);

        ClientKeysView revoked = rig.registration.revoke(OPERATOR, order(ALICE).id(), "stolen");

        assertThat(revoked.record().orElseThrow().state()).isEqualTo(ClientKeysState.REVOKED);
        assertThat(only(ALICE).activeNames()).isEmpty();
        refuses(
                KmsErrorCode.CONFLICT,
                () -> rig.registration.rotate(OPERATOR, order(ALICE).id(), "yearly"));
        refuses(
                KmsErrorCode.NOT_FOUND,
                () -> rig.registration.revoke(OPERATOR, order(BOB).id(), "stolen"));
    }

    @Test
    void pagesGoOnAfterTheLastDevice() {
        rig.importKeys(ALICE);
        rig.importKeys(BOB);

        List<ClientKeysView> first = rig.registration.list(AUDITOR, Optional.empty(), 1);
        List<ClientKeysView> second =
                rig.registration.list(AUDITOR, Optional.of(new ClientKeysId(ALICE, "default")), 1);

        assertThat(first.get(0).record().orElseThrow().id().ownerUri()).isEqualTo(ALICE);
        assertThat(second.get(0).record().orElseThrow().id().ownerUri()).isEqualTo(BOB);
    }

    @Test
    void rolesAreAskedFor() {
        refuses(
                KmsErrorCode.OPERATOR_ROLE_REQUIRED,
                () -> rig.registration.register(OPERATOR, order(ALICE), recipient));
        refuses(KmsErrorCode.OPERATOR_ROLE_REQUIRED, () -> rig.registration.approve(OPERATOR, order(GMS), recipient));
        refuses(
                KmsErrorCode.OPERATOR_ROLE_REQUIRED,
                () -> rig.registration.request(OPERATOR, order(GMS).id(), "mine"));
        refuses(
                KmsErrorCode.OPERATOR_ROLE_REQUIRED,
                () -> rig.registration.revoke(AUDITOR, order(ALICE).id(), "stolen"));
    }
}
