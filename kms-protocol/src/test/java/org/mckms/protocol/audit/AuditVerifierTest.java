package org.mckms.protocol.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;

class AuditVerifierTest {
    /** Five records of one chain; the checkpoint knows the first four. */
    private static Trail oneChain() {
        return new Trail()
                .open("a/1")
                .add("a/1")
                .add("a/1")
                .add("a/1")
                .checkpoint()
                .add("a/1");
    }

    @Test
    void holdsForAnOpenChainBeyondTheNewestCheckpoint() {
        AuditReport report = oneChain().verify();
        assertThat(report.holds()).isTrue();
        assertThat(report.records()).isEqualTo(5);
        assertThat(report.chains()).isEqualTo(1);
        assertThat(report.checkpoints()).isEqualTo(1);
    }

    @Test
    void tellsHowFarTheNewestCheckpointReaches() {
        Trail trail = oneChain();
        AuditReport report = trail.verify();
        assertThat(report.newestCheckpoint())
                .contains(trail.checkpoints.get(0).time())
                .contains(Instant.parse("2026-01-01T00:00:04Z"));
        assertThat(report.uncovered()).isEqualTo(1);
        assertThat(report.covered()).isFalse();
        trail.open("b/1").add("b/1");
        assertThat(trail.verify().uncovered()).isEqualTo(3);
        assertThat(trail.checkpoint().verify().uncovered()).isZero();
        assertThat(trail.verify().covered()).isTrue();
    }

    @Test
    void wantsNoCheckpointOfARunningServer() {
        AuditReport nothing = new Trail().verify();
        assertThat(nothing.holds()).isTrue();
        assertThat(nothing.covered()).isFalse();
        AuditReport justStarted = new Trail().open("a/1").add("a/1").verify();
        assertThat(justStarted.holds()).isTrue();
        assertThat(justStarted.covered()).isFalse();
        assertThat(justStarted.uncovered()).isEqualTo(2);
        assertThat(justStarted.newestCheckpoint()).isEmpty();
    }

    @Test
    void findsAnExportWithoutCheckpoint() {
        Trail selfMade = new Trail().open("a/1").add("a/1").close("a/1");
        assertThat(selfMade.verify(1).firstFault())
                .hasToString("Optional[checkpoints: there is none, so nothing shows who wrote these records]");
        assertThat(selfMade.verify(1).records()).isEqualTo(3);
        assertThat(new Trail().verify(1).holds()).isFalse();
        assertThat(oneChain().verify(1).holds()).isTrue();
    }

    @Test
    void findsAnExportWithoutRecord() {
        Trail empty = new Trail().checkpoint();
        assertThat(empty.verify(1).firstFault()).hasToString("Optional[records: there is none]");
    }

    @Test
    void findsAnExportThatDoesNotReachTheCheckpointDemanded() {
        Trail trail = oneChain().checkpoint();
        assertThat(trail.verify(2).holds()).isTrue();
        assertThat(trail.verify(3).firstFault())
                .hasToString("Optional[checkpoints: the newest has number 2, number 3 at least is demanded]");
    }

    @Test
    void keepsTheFirstFault() {
        AuditFault later = new AuditFault("later", "another");
        AuditReport good = oneChain().verify();
        assertThat(good.withFault(later))
                .isEqualTo(new AuditReport(5, 1, 1, good.newestCheckpoint(), 1, Optional.of(later)));
        AuditReport bad = new AuditReport(5, 1, 1, Optional.of(new AuditFault("first", "one")));
        assertThat(bad.withFault(later)).isEqualTo(bad);
        assertThat(bad.covered()).isFalse();
    }

    @Test
    void holdsForClosedAndCrashedChainsOfSeveralNodesInAnyMixture() {
        Trail trail = new Trail();
        trail.open("a/1")
                .checkpoint()
                .open("b/1")
                .add("a/1")
                .checkpoint()
                .add("b/1")
                .close("b/1");
        trail.open("b/2")
                .open("a/2")
                .adopt("a/2", "a/1")
                .checkpoint()
                .add("b/2")
                .add("a/2")
                .checkpoint();
        assertThat(trail.fault()).isEqualTo("none");
        assertThat(trail.verify().chains()).isEqualTo(4);
        Collections.swap(trail.records, 0, 1);
        assertThat(trail.fault()).isEqualTo("none");
    }

    @Test
    void holdsWhenTheAdoptionIsReadBeforeTheAdoptedChain() {
        Trail trail = new Trail().open("a/1").add("a/1").open("a/2").adopt("a/2", "a/1");
        Collections.rotate(trail.records, 2);
        assertThat(trail.fault()).isEqualTo("none");
    }

    @Test
    void findsARemovedRecord() {
        Trail trail = oneChain();
        trail.records.remove(2);
        assertThat(trail.fault()).isEqualTo("chain a/1, sequence 4: the records from sequence 3 on are missing");
        assertThat(trail.verify().records()).isEqualTo(2);
    }

    @Test
    void findsAMissingBeginning() {
        Trail trail = oneChain();
        trail.records.remove(0);
        assertThat(trail.fault()).isEqualTo("chain a/1, sequence 2: the records before it are missing");
    }

    @Test
    void findsAnInsertedRecord() {
        Trail trail = oneChain();
        AuditRecord third = trail.records.get(2);
        trail.records.add(3, trail.forged(trail.records.get(3)));
        assertThat(third.sequence()).isEqualTo(3);
        assertThat(trail.fault()).isEqualTo("chain a/1, sequence 4: checkpoint 1 has another hash for it");
    }

    @Test
    void findsARepeatedRecord() {
        Trail trail = oneChain();
        trail.records.add(3, trail.records.get(2));
        assertThat(trail.fault()).isEqualTo("chain a/1, sequence 3: it comes twice or out of order");
    }

    @Test
    void findsReorderedRecords() {
        Trail trail = oneChain();
        Collections.swap(trail.records, 2, 3);
        assertThat(trail.fault()).isEqualTo("chain a/1, sequence 4: the records from sequence 3 on are missing");
    }

    @Test
    void findsAnAlteredRecord() {
        Trail trail = oneChain();
        AuditRecord good = trail.records.get(1);
        trail.records.set(1, altered(good, "somebody else"));
        assertThat(trail.fault())
                .isEqualTo("chain a/1, sequence 2: it was altered: its hash is not that of its content");
    }

    @Test
    void findsAnAlteredRecordWithAHashMadeToFit() {
        Trail trail = oneChain();
        trail.records.set(1, trail.forged(trail.records.get(1)));
        assertThat(trail.fault()).isEqualTo("chain a/1, sequence 3: it does not follow the record before it");
    }

    @Test
    void findsAChainRewrittenFromARecordOnByItsCheckpoint() {
        Trail trail = oneChain();
        trail.records.subList(2, 5).clear();
        trail.heads.put("a/1", trail.records.get(1).head());
        trail.add("a/1").add("a/1").add("a/1");
        assertThat(trail.fault()).isEqualTo("chain a/1, sequence 4: checkpoint 1 has another hash for it");
    }

    @Test
    void findsATailCutBelowTheNewestCheckpoint() {
        Trail trail = oneChain();
        trail.records.subList(3, 5).clear();
        assertThat(trail.fault()).isEqualTo("chain a/1: it ends at sequence 3, but checkpoint 1 has it at sequence 4");
    }

    @Test
    void findsADroppedChainThatACheckpointKnows() {
        Trail trail = new Trail()
                .open("a/1")
                .close("a/1")
                .open("b/1")
                .checkpoint()
                .add("b/1")
                .checkpoint();
        trail.records.removeIf(record -> record.chain().equals("a/1"));
        assertThat(trail.fault())
                .isEqualTo("chain a/1: all its records are missing, but checkpoint 1 has it at sequence 2");
    }

    @Test
    void findsADroppedChainThatWasAdopted() {
        Trail trail = new Trail().open("a/1").open("a/2").adopt("a/2", "a/1");
        trail.records.remove(0);
        assertThat(trail.fault()).isEqualTo("chain a/2, sequence 2: it adopts chain a/1, which is missing");
    }

    @Test
    void findsATailCutOffAnAdoptedChain() {
        Trail trail = new Trail().open("a/1").add("a/1").open("a/2").adopt("a/2", "a/1");
        trail.records.remove(1);
        assertThat(trail.fault())
                .startsWith("chain a/2, sequence 2: it adopts chain a/1 at sequence 2, which ends at sequence 1");
    }

    @Test
    void findsARemovedCheckpoint() {
        Trail trail = oneChain().checkpoint().add("a/1").checkpoint();
        AuditCheckpoint second = trail.checkpoints.remove(1);
        assertThat(second.number()).isEqualTo(2);
        assertThat(trail.fault()).isEqualTo("checkpoint 3: the checkpoints from number 2 on are missing");
        trail.checkpoints.remove(0);
        assertThat(trail.fault()).isEqualTo("checkpoint 3: the checkpoints from number 1 on are missing");
    }

    @Test
    void findsReorderedAndRepeatedCheckpoints() {
        Trail trail = oneChain().checkpoint();
        trail.checkpoints.add(trail.checkpoints.get(0));
        assertThat(trail.fault()).isEqualTo("checkpoint 1: it comes twice or out of order");
    }

    @Test
    void findsACheckpointOfAnotherHistory() {
        Trail trail = oneChain();
        Trail other = new Trail().open("a/1").checkpoint();
        CheckpointBody stranger = CheckpointBody.next(
                Optional.of(other.checkpoints.get(0)), other.checkpoints.get(0).time(), trail.heads);
        trail.checkpoints.add(Trail.sign(stranger, Trail.newKeyPair("secp256r1")));
        assertThat(trail.fault()).isEqualTo("checkpoint 2: it does not follow the checkpoint before it");
    }

    @Test
    void findsAnAlteredCheckpoint() {
        Trail trail = oneChain();
        AuditCheckpoint good = trail.checkpoints.get(0);
        CheckpointBody later = new CheckpointBody(1, good.time().plusSeconds(1), good.heads(), good.previousHash());
        trail.checkpoints.set(0, new AuditCheckpoint(later, good.hash(), good.signature()));
        assertThat(trail.fault()).isEqualTo("checkpoint 1: it was altered: its hash is not that of its content");
        trail.checkpoints.set(0, later.signed(good.signature()));
        assertThat(trail.fault()).isEqualTo("checkpoint 1: its signature is not of the audit certificate");
    }

    @Test
    void findsASignatureOfAnotherKeyAndOneThatIsNone() {
        KeyPair stranger = Trail.newKeyPair("secp256r1");
        Trail trail = new Trail().open("a/1");
        trail.checkpoint(trail.heads, stranger);
        assertThat(trail.fault()).isEqualTo("checkpoint 1: its signature is not of the audit certificate");
        AuditCheckpoint bad = trail.checkpoints.get(0);
        trail.checkpoints.set(0, bad.body().signed(Octets.fromHex("3006020100020100")));
        assertThat(trail.fault()).isEqualTo("checkpoint 1: its signature is not of the audit certificate");
        trail.checkpoints.set(0, bad.body().signed(Octets.fromHex("00")));
        assertThat(trail.fault()).isEqualTo("checkpoint 1: its signature is not of the audit certificate");
    }

    @Test
    void findsHeadsThatGoBack() {
        Trail trail = oneChain();
        trail.checkpoint(Map.of("a/1", trail.records.get(2).head()));
        assertThat(trail.fault()).isEqualTo("checkpoint 2: chain a/1 goes back from sequence 4 to 3");
    }

    @Test
    void findsHeadsThatChangeInPlace() {
        Trail trail = oneChain();
        trail.checkpoint(Map.of("a/1", new ChainHead(4, trail.records.get(0).hash())));
        assertThat(trail.fault()).isEqualTo("checkpoint 2: chain a/1 has another hash at sequence 4 than before");
    }

    @Test
    void findsACheckpointThatForgetsAChain() {
        Trail trail = oneChain();
        trail.checkpoint(Map.of());
        assertThat(trail.fault()).isEqualTo("checkpoint 2: it no longer knows chain a/1");
    }

    @Test
    void findsACheckpointAheadOfTheRecords() {
        Trail trail = oneChain();
        Map<String, ChainHead> ahead = new TreeMap<>(trail.heads);
        ahead.put("z/1", new ChainHead(1, trail.records.get(0).hash()));
        trail.checkpoint(ahead);
        assertThat(trail.fault())
                .isEqualTo("chain z/1: all its records are missing, but checkpoint 2 has it at sequence 1");
    }

    @Test
    void findsACrashedChainThatALaterStartOfItsNodePassedOver() {
        Trail trail = new Trail().open("a/1").add("a/1").open("a/2").close("a/2");
        assertThat(trail.fault())
                .isEqualTo("chain a/1: it ends at sequence 2 neither closed nor adopted, though chain a/2 of the same"
                        + " node is later");
    }

    @Test
    void leavesACrashedChainAloneWhileOnlyOtherNodesAreLater() {
        assertThat(new Trail().open("a/1").add("a/1").open("b/1").close("b/1").fault())
                .isEqualTo("none");
    }

    @Test
    void findsWrongAdoptions() {
        Trail closed = new Trail().open("a/1").close("a/1").open("a/2").adopt("a/2", "a/1");
        assertThat(closed.fault()).isEqualTo("chain a/2, sequence 2: it adopts chain a/1, which was closed");
        Trail twice = new Trail().open("a/1").open("a/2").adopt("a/2", "a/1").adopt("a/2", "a/1");
        assertThat(twice.fault()).isEqualTo("chain a/2, sequence 3: it adopts chain a/1, which was adopted before");
        Trail itself = new Trail().open("a/1").adopt("a/1", "a/1");
        assertThat(itself.fault()).isEqualTo("chain a/1, sequence 2: the chain adopts itself");
        Trail goesOn = new Trail().open("a/1").open("a/2").adopt("a/2", "a/1").add("a/1");
        assertThat(goesOn.fault()).startsWith("chain a/2, sequence 2: it adopts chain a/1 at sequence 1, which ends");
        Trail nameless = new Trail().open("a/1").after("a/1", AuditEvent.CHAIN_ADOPTED, Map.of());
        assertThat(nameless.fault()).isEqualTo("chain a/1, sequence 2: it names no chain that it adopts");
        Trail vague = new Trail().open("a/1").after("a/1", AuditEvent.CHAIN_ADOPTED, Map.of("adoptedChain", "b/1"));
        assertThat(vague.fault()).isEqualTo("chain a/1, sequence 2: it does not say where the adopted chain ended");
    }

    @Test
    void findsRecordsAfterTheEndAndSecondBeginnings() {
        Trail closed = new Trail().open("a/1").close("a/1").add("a/1");
        assertThat(closed.fault()).isEqualTo("chain a/1, sequence 3: it comes after the chain was closed");
        Trail reopened = new Trail().open("a/1").after("a/1", AuditEvent.CHAIN_OPENED, Map.of());
        assertThat(reopened.fault()).isEqualTo("chain a/1, sequence 2: the chain is opened a second time");
    }

    @Test
    void findsAChainThatBeginsOrContinuesWrongly() {
        Trail trail = new Trail();
        trail.add(AuditRecord.first("a/1", trail.entry("a/1", AuditEvent.KEYS_PROVISIONED, Map.of())));
        assertThat(trail.fault()).isEqualTo("chain a/1, sequence 1: the chain does not begin with CHAIN_OPENED");
        Trail mixed = new Trail().open("a/1");
        AuditEntry ofAnother = mixed.entry("b/1", AuditEvent.KEYS_PROVISIONED, Map.of());
        mixed.add(AuditRecord.after("a/1", mixed.heads.get("a/1"), ofAnother));
        assertThat(mixed.fault()).isEqualTo("chain a/1, sequence 2: it is of node b, not a");
    }

    @Test
    void wantsCheckpointsBeforeRecords() {
        Trail trail = oneChain();
        AuditVerifier verifier = new AuditVerifier(Trail.newKeyPair("secp256r1").getPublic(), 1);
        verifier.record(trail.records.get(0));
        assertThatThrownBy(() -> verifier.checkpoint(trail.checkpoints.get(0)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesKeysThatAreNotOnP256() {
        assertThatThrownBy(() -> new AuditVerifier(Trail.newKeyPair("secp384r1").getPublic(), 1))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("the audit certificate has no key on P-256");
    }

    private static AuditRecord altered(AuditRecord good, String actor) {
        return new AuditRecord(
                good.chain(),
                good.sequence(),
                good.time(),
                good.node(),
                good.event(),
                good.outcome(),
                actor,
                good.subject(),
                good.details(),
                good.previousHash(),
                good.hash());
    }
}
