package org.mckms.kms.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.kms.domain.ClientKind;
import org.mckms.platform.audit.AuditNote;
import org.mckms.platform.audit.RecordedAudit;
import org.mckms.platform.hsm.ManualTime;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class RefusalAuditTest {

    private final ManualTime time = new ManualTime();
    private final RecordedAudit audit = new RecordedAudit();
    private final RefusalAudit refusals = new RefusalAudit();

    RefusalAuditTest() {
        refusals.audit = audit;
        refusals.clock = time;
    }

    @Test
    void anAuthenticatedCallerGetsARecordForEachRefusal() {
        AuthenticatedIdentity alice = new AuthenticatedIdentity(
                ClientKind.MC_CLIENT, List.of("sip:alice@example.org"), "idm", "s", "client", "192.0.2.1");

        refusals.refused(
                alice, "/keyprov/sip:bob@example.org", new KmsException(KmsErrorCode.FORBIDDEN_IDENTITY, "no"));
        refusals.refused(
                alice, "/keyprov/sip:bob@example.org", new KmsException(KmsErrorCode.FORBIDDEN_IDENTITY, "no"));

        assertThat(audit.events()).containsExactly(AuditEvent.REQUEST_REFUSED, AuditEvent.REQUEST_REFUSED);
        AuditNote note = audit.last();
        assertThat(note.outcome()).isEqualTo("FORBIDDEN_IDENTITY");
        assertThat(note.actor()).isEqualTo("client:sip:alice@example.org");
        assertThat(note.subject()).isEqualTo("/keyprov/sip:bob@example.org");
        assertThat(note.details()).containsEntry("reason", "no").containsEntry("source", "192.0.2.1");
    }

    @Test
    void oneIdentityHas120RecordsAMinuteAndTheRestIsCounted() {
        AuthenticatedIdentity alice = new AuthenticatedIdentity(
                ClientKind.MC_CLIENT, List.of("sip:alice@example.org"), "idm", "s", "client", "192.0.2.1");
        for (int i = 0; i < 123; i++) {
            refusals.refused(alice, "/x", new KmsException(KmsErrorCode.NOT_FOUND, "no"));
        }

        assertThat(audit.events()).hasSize(120).containsOnly(AuditEvent.REQUEST_REFUSED);
        time.advance(Duration.ofMinutes(1));
        refusals.writeCounts();
        assertThat(audit.last().event()).isEqualTo(AuditEvent.AUTHENTICATION_FAILED);
        assertThat(audit.last().details())
                .containsEntry("count", "3")
                .containsEntry("reason", "refused requests of sip:alice@example.org");
        refusals.refused(alice, "/x", new KmsException(KmsErrorCode.NOT_FOUND, "no"));
        assertThat(audit.last().event()).isEqualTo(AuditEvent.REQUEST_REFUSED);
    }

    @Test
    void strangersGetOneRecordPerSourceAndMinute() {
        for (int i = 0; i < 1000; i++) {
            refusals.unauthenticated("192.0.2.1", "no token");
        }
        refusals.unauthenticated("192.0.2.2", "expired");
        refusals.writeCounts();
        assertThat(audit.notes()).isEmpty();

        time.advance(Duration.ofMinutes(1));
        refusals.writeCounts();

        assertThat(audit.notes())
                .extracting(AuditNote::actor)
                .containsExactlyInAnyOrder("source:192.0.2.1", "source:192.0.2.2");
        assertThat(audit.notes())
                .filteredOn(n -> n.actor().equals("source:192.0.2.1"))
                .singleElement()
                .satisfies(n -> assertThat(n.details())
                        .containsEntry("count", "1000")
                        .containsEntry("minute", "2026-03-01T12:00:00Z")
                        .containsEntry("reason", "no token"));
        refusals.writeCounts();
        assertThat(audit.notes()).hasSize(2);
    }

    @Test
    void everyMinuteHasItsOwnRecord() {
        refusals.unauthenticated("192.0.2.1", "no token");
        time.advance(Duration.ofMinutes(1));
        refusals.unauthenticated("192.0.2.1", "no token");
        time.advance(Duration.ofMinutes(1));

        refusals.writeCounts();

        assertThat(audit.notes()).hasSize(2);
    }

    @Test
    void aFloodFromManySourcesIsCountedTogether() {
        for (int i = 0; i < 5000; i++) {
            refusals.unauthenticated("198.51." + i / 250 + "." + i % 250, "no token");
        }
        time.advance(Duration.ofMinutes(1));

        refusals.writeCounts();

        assertThat(audit.notes()).hasSize(51);
        assertThat(audit.notes())
                .filteredOn(n -> n.actor().equals("source:other"))
                .singleElement()
                .satisfies(n -> assertThat(n.details()).containsEntry("count", "4950"));
    }

    @Test
    void oneSubscribersAddressesAreOneSource() {
        for (int i = 0; i < 5000; i++) {
            refusals.unauthenticated("2001:db8:1:2::" + Integer.toHexString(i), "no token");
        }
        refusals.unauthenticated("2001:db8:1:3::1", "no token");
        time.advance(Duration.ofMinutes(1));

        refusals.writeCounts();

        assertThat(audit.notes())
                .extracting(AuditNote::actor, n -> n.details().get("count"))
                .containsExactlyInAnyOrder(
                        tuple("source:2001:0db8:0001:0002::/64", "5000"),
                        tuple("source:2001:0db8:0001:0003::/64", "1"));
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "::ffff:192.0.2.1, 192.0.2.1",
        "fe80::1%eth0, fe80:0000:0000:0000::/64",
        "unknown, unknown",
        "a:b, a:b",
    })
    void namesASource(String address, String name) {
        assertThat(SourceName.of(address)).isEqualTo(name);
    }

    @Test
    void whileTheTrailIsAwayMemoryStaysBounded() {
        FailureTally tally = new FailureTally(2, 3);
        for (int minute = 0; minute < 100; minute++) {
            for (String source : List.of("a", "b", "c")) {
                tally.add(Instant.EPOCH.plusSeconds(60L * minute), source, "no token");
            }
        }

        List<FailureTally.Count> counts = tally.takeBefore(Instant.EPOCH.plus(Duration.ofDays(1)));

        assertThat(counts).hasSize(9);
        assertThat(counts.stream().mapToLong(FailureTally.Count::times).sum()).isEqualTo(300);
    }

    @Test
    void aTokenInTheWrongHandsHasARecordOfItsOwnUpToTenAMinute() {
        AuthenticatedIdentity holder =
                new AuthenticatedIdentity(ClientKind.MC_CLIENT, List.of("gms@idm"), "idm", "s", "gms", "192.0.2.1");
        for (int i = 0; i < 15; i++) {
            refusals.refusedToken(holder, "/init", new KmsException(KmsErrorCode.FORBIDDEN_IDENTITY, "no certificate"));
        }

        assertThat(audit.events()).hasSize(10).containsOnly(AuditEvent.REQUEST_REFUSED);
        time.advance(Duration.ofMinutes(1));
        refusals.writeCounts();
        assertThat(audit.last().event()).isEqualTo(AuditEvent.AUTHENTICATION_FAILED);
        assertThat(audit.last().details()).containsEntry("count", "5");
        refusals.refusedToken(holder, "/init", new KmsException(KmsErrorCode.FORBIDDEN_IDENTITY, "no certificate"));
        assertThat(audit.last().event()).isEqualTo(AuditEvent.REQUEST_REFUSED);
    }

    @Test
    void clientsThatDoNotFitIntoMemoryHaveNoBudget() {
        MinuteBudget budget = new MinuteBudget(1, 2);
        Instant now = time.instant();

        assertThat(budget.take(now, "a")).isTrue();
        assertThat(budget.take(now, "a")).isFalse();
        assertThat(budget.take(now, "b")).isTrue();
        assertThat(budget.take(now, "c")).isFalse();
        assertThat(budget.take(now.plusSeconds(60), "c")).isTrue();
    }

    @Test
    void countsThatCannotBeWrittenAreKept() {
        refusals.unauthenticated("192.0.2.1", "no token");
        time.advance(Duration.ofMinutes(1));
        audit.available(false);
        refusals.writeCounts();
        audit.available(true);

        refusals.writeCounts();

        assertThat(audit.notes()).singleElement().satisfies(n -> assertThat(n.details())
                .containsEntry("count", "1"));
    }

    @Test
    void theEndOfTheServerDoesNotWaitForTheMinute() {
        refusals.unauthenticated("192.0.2.1", "no token");

        refusals.writeAllCounts();

        assertThat(audit.notes()).hasSize(1);
    }

    @Test
    void aRefusalThatCannotBeRecordedIsTold() {
        audit.available(false);
        AuthenticatedIdentity alice = new AuthenticatedIdentity(
                ClientKind.MC_CLIENT, List.of("sip:alice@example.org"), "idm", "s", "client", "192.0.2.1");

        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(() -> refusals.refused(alice, "/init", new KmsException(KmsErrorCode.NOT_READY, "no")))
                .satisfies(e -> assertThat(e.code()).isEqualTo(KmsErrorCode.AUDIT_UNAVAILABLE));
    }
}
