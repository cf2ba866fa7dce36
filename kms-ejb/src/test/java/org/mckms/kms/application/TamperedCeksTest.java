package org.mckms.kms.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.mckms.kms.application.CekDevice.noSession;
import static org.mckms.kms.application.CekDevice.octets;
import static org.mckms.kms.application.CekDevice.only;
import static org.mckms.kms.application.CekDevice.session;
import static org.mckms.kms.application.CekDevice.stored;
import static org.mckms.kms.application.ServerRig.ALICE;
import static org.mckms.kms.application.ServerRig.AUDITOR;
import static org.mckms.kms.application.ServerRig.BOB;
import static org.mckms.kms.application.ServerRig.MCDATA;
import static org.mckms.kms.application.ServerRig.MCPTT;
import static org.mckms.kms.application.ServerRig.OPERATOR;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.kms.application.cek.CekView;
import org.mckms.kms.domain.cek.CekReference;
import org.mckms.kms.domain.cek.CekScope;
import org.mckms.platform.row.IndexHash;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.cek.Cek;
import org.mckms.protocol.cek.CekEnd;
import org.mckms.protocol.cek.CekQuery;
import org.mckms.protocol.cek.CekStatus;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** What somebody achieves with the rows of keys who can write to the database but has no data key. */
class TamperedCeksTest {

    private static final String IN_SCOPE_OF_BOB =
            "user_hash = " + IndexHash.of(BOB) + ", scope_hash = " + new CekScope(BOB, MCPTT, Optional.empty()).hash();

    private static final CekQuery LIVING = new CekQuery(true, Optional.empty());

    private final ServerRig rig = new ServerRig(ServerRig.WITH_CEKS);
    private final CekDevice alice = CekDevice.user(rig, ALICE);
    private final CekDevice bob = CekDevice.user(rig, BOB);
    private final CekDevice mcptt = CekDevice.server(rig, MCPTT);
    private Cek ofAlice;
    private Cek ofBob;

    @BeforeEach
    void bothHaveActiveKeys() {
        ofAlice = alice.current();
        ofBob = bob.current();
        mcptt.acknowledge(stored(ofAlice), stored(ofBob));
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private void tamper(String sql) {
        assertThat(rig.database.tamper(sql)).as(sql).isPositive();
    }

    private static String of(Cek cek) {
        return " WHERE key_id = '" + cek.keyId().toHex() + "'";
    }

    private void refused(Runnable act) {
        assertThatExceptionOfType(KmsException.class).isThrownBy(act::run).satisfies(e -> assertThat(e.code())
                .isEqualTo(KmsErrorCode.INTERNAL));
        assertThat(rig.audit.events()).contains(AuditEvent.ROW_TAMPERED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "state = 'PENDING', acknowledged = 0",
                "state = 'RETIRING'",
                "revision = 7",
                "acknowledged = 0",
                "valid_to = DATEADD('YEAR', 1, valid_to)",
                "refresh_after = DATEADD('YEAR', 1, refresh_after)",
                "created_at = DATEADD('DAY', -1, created_at)",
                "server_uri = 'sip:mcdata@example.org'",
                "sip_session = 'call-1'",
                "predecessor = '00112233445566778899AABBCCDDEEFF'",
                "token_digest = '00'",
                "row_mac = '00'",
                "state = 'SHARED'",
                "sealed = NULL"
            })
    void anAlteredRowIsGivenToNobody(String change) {
        tamper("UPDATE kms_cek SET " + change + of(ofAlice));

        refused(alice::current);
        assertThat(mcptt.list(LIVING)).extracting(Cek::keyId).containsExactly(ofBob.keyId());
        assertThat(octets(bob.current())).isEqualTo(octets(ofBob));
    }

    @Test
    void theKeyOfOneUserIsNotGivenUnderTheNameOfAnother() {
        tamper("DELETE FROM kms_cek" + of(ofBob));
        tamper("UPDATE kms_cek SET user_uri = '" + BOB + "', " + IN_SCOPE_OF_BOB + of(ofAlice));

        refused(bob::current);
        assertThat(mcptt.list(LIVING)).isEmpty();
    }

    @Test
    void aRowThatStandsInTheWrongScopeIsGivenToNobody() {
        tamper("DELETE FROM kms_cek" + of(ofBob));
        tamper("UPDATE kms_cek SET " + IN_SCOPE_OF_BOB + of(ofAlice));

        refused(bob::current);
        assertThat(octets(alice.current())).isNotEqualTo(octets(ofAlice));
    }

    @Test
    void theOctetsOfOneKeyAreNotGivenAsAnother() {
        tamper("UPDATE kms_cek SET sealed = (SELECT sealed FROM kms_cek" + of(ofBob) + ")" + of(ofAlice));

        refused(alice::current);
    }

    @Test
    void anAlteredRowIsNeitherPushedNorAcknowledgedAndKeepsNobodyWaiting() {
        tamper("UPDATE kms_cek SET acknowledged = 0");
        tamper("UPDATE kms_cek SET acknowledged = 1" + of(ofBob));
        Cek next = only(bob.current(session("call-1")));
        List<CekReference> references =
                List.of(new CekReference(ofAlice.keyId(), 1), new CekReference(next.keyId(), 1));

        List<Cek> pushed = rig.transactions.inNew(() -> rig.ceks.changes().toPush(MCPTT, references));
        assertThat(pushed).extracting(Cek::keyId).containsExactly(next.keyId());
        mcptt.acknowledge(stored(ofAlice), stored(next));
        assertThat(bob.current(session("call-1")).get(0).keyId()).isEqualTo(next.keyId());
        refused(alice::current);
    }

    @Test
    void anAlteredPredecessorKeepsNeitherItsSuccessorNorOthersFromBecomingActive() {
        rig.time.pass(Duration.ofHours(1));
        Cek next = alice.renew(ALICE, noSession()).stream()
                .filter(cek -> cek.status() == CekStatus.PENDING)
                .findFirst()
                .orElseThrow();
        Cek other = only(bob.current(session("call-1")));
        tamper("UPDATE kms_cek SET refresh_after = DATEADD('YEAR', 1, refresh_after)" + of(ofAlice));

        mcptt.acknowledge(stored(next), stored(other));

        assertThat(mcptt.list(LIVING))
                .extracting(Cek::keyId, Cek::status)
                .containsExactlyInAnyOrder(
                        tuple(ofBob.keyId(), CekStatus.ACTIVE),
                        tuple(next.keyId(), CekStatus.ACTIVE),
                        tuple(other.keyId(), CekStatus.ACTIVE));
    }

    @Test
    void aPageOfAlteredRowsDoesNotEndAPull() {
        String columns = "live, user_uri, server_uri, sip_session, state, revision, acknowledged, created_at, valid_to,"
                + " refresh_after, due_at, sealed, row_mac";
        tamper("INSERT INTO kms_cek (key_id, user_hash, scope_hash, " + columns + ") SELECT LPAD(x, 32, '0'), 0, x, "
                + columns + " FROM kms_cek, SYSTEM_RANGE(1, 256)" + of(ofAlice));

        assertThat(mcptt.list(LIVING)).extracting(Cek::keyId).containsExactlyInAnyOrder(ofAlice.keyId(), ofBob.keyId());
    }

    /** The way out for a user with an altered row. */
    @Test
    void anOperatorWhoEndsAllKeysOfAUserLetsItHaveNewOnes() {
        tamper("UPDATE kms_cek SET revision = 9" + of(ofAlice));
        refused(alice::current);

        assertThat(rig.ceks.supervision.endAll(OPERATOR, ALICE)).isEqualTo(1);

        assertThat(alice.current().keyId()).isNotEqualTo(ofAlice.keyId());
    }

    @Test
    void anAlteredRowDoesNotKeepAUserFromBeingBlocked() {
        tamper("UPDATE kms_cek SET revision = 9" + of(ofAlice));
        alice.end(CekEnd.ofUser());

        rig.operatorsIdentities.block(OPERATOR, ALICE, "device lost");

        assertThat(rig.database.tamper("DELETE FROM kms_cek" + of(ofAlice))).isZero();
        assertThat(rig.audit.notes()).anySatisfy(note -> {
            assertThat(note.event()).isEqualTo(AuditEvent.CEK_ENDED);
            assertThat(note.details())
                    .containsEntry("keyId", ofAlice.keyId().toHex())
                    .containsEntry("altered", "true");
        });
    }

    @Test
    void anOperatorSeesAndErasesAlteredRows() {
        tamper("UPDATE kms_cek SET revision = 9" + of(ofAlice));

        assertThat(rig.ceks.supervision.page(AUDITOR, Optional.of(ALICE), Optional.empty(), Optional.empty(), 10))
                .extracting(CekView::intact)
                .containsExactly(false);
        assertThat(rig.ceks.supervision.endAll(OPERATOR, ALICE)).isEqualTo(1);
        assertThat(alice.current().keyId()).isNotEqualTo(ofAlice.keyId());
    }

    @Test
    void anAlteredRowThatIsDueIsToldOfOnceInAWhile() {
        tamper("UPDATE kms_cek SET revision = 9" + of(ofAlice));
        rig.time.pass(Duration.ofDays(7));

        rig.ceks.sweep.run();
        long told = rig.audit.events().stream()
                .filter(AuditEvent.ROW_TAMPERED::equals)
                .count();
        rig.ceks.sweep.run();
        assertThat(rig.audit.events())
                .filteredOn(AuditEvent.ROW_TAMPERED::equals)
                .hasSize(Math.toIntExact(told));
        assertThat(bob.current(noSession()).get(0).keyId()).as("others ended").isNotEqualTo(ofBob.keyId());
    }

    @Test
    void anotherServerGetsNothingByItsReferences() {
        List<CekReference> references = List.of(new CekReference(ofAlice.keyId(), 1));

        assertThat(rig.transactions.inNew(() -> rig.ceks.changes().toPush(MCDATA, references)))
                .isEmpty();
    }
}
