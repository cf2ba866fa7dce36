package org.mckms.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.mckms.kms.application.AuditPage;
import org.mckms.kms.application.IdentityView;
import org.mckms.kms.application.IssueAdvance;
import org.mckms.kms.application.StatusReport;
import org.mckms.kms.domain.ClientKind;
import org.mckms.kms.domain.ClientPolicy;
import org.mckms.kms.domain.VaultState;
import org.mckms.kms.domain.VaultStatus;
import org.mckms.protocol.audit.AuditReport;

/** The member names that docs/admin-api.md promises. */
class ViewsTest {

    private static final Instant TIME = Instant.parse("2026-03-01T12:00:00Z");
    private static final VaultStatus VAULT = new VaultStatus(VaultState.ACTIVE, "active", "kms", 3, 1);

    @Test
    void showsTheStatus() {
        StatusReport report = new StatusReport(
                "node-1",
                "development",
                "kms.example.org",
                VAULT,
                Optional.empty(),
                "up",
                "writable",
                "scalar",
                "no delivery waits",
                false,
                List.of("why"));
        assertThat(Views.of(report, "no GMS").toString())
                .isEqualTo("{\"node\":\"node-1\",\"profile\":\"development\",\"kmsUri\":\"kms.example.org\","
                        + "\"ready\":false,\"reasonsNotReady\":[\"why\"],\"vault\":{\"state\":\"ACTIVE\","
                        + "\"detail\":\"active\",\"tokenLabel\":\"kms\",\"slot\":3,\"generation\":1},"
                        + "\"currentEpoch\":null,\"database\":\"up\",\"audit\":\"writable\",\"arithmetic\":\"scalar\","
                        + "\"deliveries\":\"no delivery waits\",\"gms\":\"no GMS\"}");
    }

    @Test
    void showsAnIdentity() {
        IdentityView identity = new IdentityView(
                "sip:a@example.org",
                ClientKind.MC_CLIENT,
                TIME,
                Optional.empty(),
                Optional.of("stolen"),
                ClientPolicy.STANDARD,
                2,
                7,
                IdentityView.Integrity.INTACT);
        assertThat(Views.of(identity).toString())
                .isEqualTo(
                        "{\"uri\":\"sip:a@example.org\",\"kind\":\"MC_CLIENT\",\"firstSeen\":\"2026-03-01T12:00:00Z\","
                                + "\"registeredAt\":null,\"blocked\":true,\"blockedReason\":\"stolen\","
                                + "\"periodsServed\":\"CURRENT\",\"profiles\":[],"
                                + "\"issue\":2,\"revision\":7,\"integrity\":\"INTACT\"}");
    }

    @Test
    void showsUntilWhenASecondOfficerMayConfirm() {
        assertThat(Views.of(new IssueAdvance("sip:a@x", IssueAdvance.Outcome.REQUESTED, 0, TIME))
                        .toString())
                .isEqualTo("{\"uri\":\"sip:a@x\",\"outcome\":\"REQUESTED\",\"issue\":0,"
                        + "\"expiresAt\":\"2026-03-01T12:00:00Z\"}");
        assertThat(Views.of(new IssueAdvance("sip:a@x", IssueAdvance.Outcome.ADVANCED, 1, TIME))
                        .toString())
                .isEqualTo("{\"uri\":\"sip:a@x\",\"outcome\":\"ADVANCED\",\"issue\":1,\"expiresAt\":null}");
    }

    @Test
    void showsTheAuditTrail() {
        assertThat(Views.of(new AuditPage(List.of(), OptionalLong.empty())).toString())
                .isEqualTo("{\"records\":[],\"next\":null}");
        assertThat(Views.of(new AuditPage(List.of(), OptionalLong.of(9))).toString())
                .isEqualTo("{\"records\":[],\"next\":9}");
        assertThat(Views.of(new AuditReport(5, 1, 2, Optional.empty())).toString())
                .isEqualTo("{\"holds\":true,\"records\":5,\"chains\":1,\"checkpoints\":2,\"firstFault\":null}");
    }
}
