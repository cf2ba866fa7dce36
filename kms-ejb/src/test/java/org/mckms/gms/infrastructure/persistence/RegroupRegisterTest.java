package org.mckms.gms.infrastructure.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.gms.domain.GroupGuard;
import org.mckms.gms.domain.regroup.RegroupCounts;
import org.mckms.gms.domain.regroup.RegroupKey;
import org.mckms.gms.domain.regroup.RegroupPart;
import org.mckms.gms.domain.regroup.RegroupRegister;
import org.mckms.gms.domain.regroup.RegroupRole;
import org.mckms.gms.domain.regroup.RegroupState;
import org.mckms.platform.audit.RecordedAudit;
import org.mckms.platform.audit.TamperEvents;
import org.mckms.platform.datakey.TestDataKeys;
import org.mckms.platform.persistence.TestDatabase;
import org.mckms.platform.persistence.TestPersistence;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.group.McService;

class RegroupRegisterTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456Z");
    private static final String NORTH = "sip:gms@north.example";
    private static final RegroupKey KEY = new RegroupKey(NORTH, "r-7", "sip:gms@south.example");

    private final TestDatabase database = TestDatabase.migrated();
    private final TestPersistence transactions = TestPersistence.over(database);
    private final RecordedAudit audit = new RecordedAudit();
    private final RegroupRegister register = new RegroupRegister(
            new TestGroupRepositories(transactions.entities()).regroups(),
            new GroupGuard(TestDataKeys.inMemory(), NORTH, new TamperEvents(audit)));

    @AfterEach
    void close() {
        transactions.close();
        database.close();
    }

    @Test
    void keepsEverythingThatIsSaidOfAPart() {
        RegroupPart part = add(KEY, NOW);
        RegroupPart told = part.delivered(NOW.plusSeconds(1))
                .answered(4, new RegroupCounts(3, 1, 2), Optional.of("two failed"), NOW.plusSeconds(2));

        transactions.runInNew(() -> {
            assertThat(register.lock(KEY)).contains(part);
            register.change(told);
        });

        assertThat(transactions.inNew(() -> register.find(KEY))).contains(told);
        assertThat(transactions.inNew(() -> register.find(new RegroupKey(NORTH, "r-8", KEY.partnerGmsUri()))))
                .isEmpty();
    }

    @Test
    void finishedAndUnfinishedPartsAreFoundByWhatTheyAre() {
        RegroupKey other = new RegroupKey(NORTH, "r-7", "sip:gms@east.example");
        RegroupPart first = add(KEY, NOW);
        RegroupPart second = add(other, NOW.plusSeconds(1));

        assertThat(transactions.inNew(() -> register.ofRegroup("r-7"))).containsExactly(second, first);
        assertThat(transactions.inNew(() -> register.before(NOW.plusSeconds(2), 5)))
                .containsExactly(second, first);
        assertThat(transactions.inNew(() -> register.before(NOW.plusSeconds(1), 5)))
                .containsExactly(first);
        assertThat(transactions.inNew(
                        () -> register.inState(RegroupRole.PRIMARY, EnumSet.of(RegroupState.REQUESTED), 1)))
                .containsExactly(second);
        assertThat(transactions.inNew(
                        () -> register.inState(RegroupRole.PARTNER, EnumSet.of(RegroupState.REQUESTED), 1)))
                .isEmpty();
        assertThat(transactions.inNew(() -> register.inState(RegroupRole.PRIMARY, EnumSet.of(RegroupState.SETTLED), 1)))
                .isEmpty();
    }

    @Test
    void partsThatGoOnAreFoundByTheGroupsOfThisServer() {
        RegroupPart part = add(KEY, NOW);

        assertThat(transactions.inNew(() -> register.aliveWith("sip:fire@north.example")))
                .containsExactly(part);
        for (String none : List.of("sip:fire@south.example", "sip:fire@north", "fire@north.example", "%", "_", "!")) {
            assertThat(transactions.inNew(() -> register.aliveWith(none))).isEmpty();
        }
        transactions.runInNew(() -> register.change(part.ending(NOW)));
        assertThat(transactions.inNew(() -> register.aliveWith("sip:fire@north.example")))
                .isEmpty();
    }

    @Test
    void oneRegroupHasOnePartForEachPartner() {
        add(KEY, NOW);

        assertThatThrownBy(() -> add(KEY, NOW)).isInstanceOf(KmsException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "partner_gms = 'sip:mallory@evil.example'",
                "partner_groups = 'sip:other@south.example'",
                "owners = 'sip:mallory@evil.example'",
                "temporary_uri = 'sip:other@north.example'",
                "generation = 9",
                "state = 'ENDED'",
                "role = 'PARTNER'",
                "acknowledged = 1, members = 1",
                "row_mac = '00'",
                "service = 'NONSENSE'"
            })
    void aRowThatWasChangedPastTheServerIsRefused(String change) throws SQLException {
        add(KEY, NOW);
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("UPDATE gms_regroup_part SET " + change);
        }

        assertThatThrownBy(() -> transactions.inNew(() -> register.ofRegroup("r-7")))
                .isInstanceOfSatisfying(
                        KmsException.class, e -> assertThat(e.code()).isEqualTo(KmsErrorCode.INTERNAL));
        assertThat(audit.events()).contains(AuditEvent.ROW_TAMPERED);
    }

    private RegroupPart add(RegroupKey key, Instant now) {
        RegroupPart part = RegroupPart.requested(
                key,
                new RegroupPart.Scope(
                        List.of("sip:nora@north.example", "sip:nils@north.example"),
                        "sip:tmp@north.example",
                        List.of("sip:fire@north.example"),
                        List.of("sip:fire@south.example", "sip:police@south.example"),
                        McService.MCVIDEO),
                4,
                now);
        transactions.runInNew(() -> register.add(part));
        return part;
    }
}
