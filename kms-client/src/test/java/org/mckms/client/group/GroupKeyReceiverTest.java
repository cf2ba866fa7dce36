package org.mckms.client.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mckms.client.group.TwoDomains.ALICE;
import static org.mckms.client.group.TwoDomains.BOB;
import static org.mckms.client.group.TwoDomains.CAROL;
import static org.mckms.client.group.TwoDomains.GMS;
import static org.mckms.client.group.TwoDomains.GROUP;
import static org.mckms.client.group.TwoDomains.HOME;
import static org.mckms.client.group.TwoDomains.NOW;
import static org.mckms.client.group.TwoDomains.OTHER_GROUP;
import static org.mckms.client.group.TwoDomains.PARTNER;
import static org.mckms.client.group.TwoDomains.PARTNER_GMS;
import static org.mckms.client.group.TwoDomains.document;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.TestPki;
import org.mckms.client.group.ReceivedKey.Outcome;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.mikey.MikeyLeniency;
import org.mckms.protocol.group.Gktp;
import org.mckms.protocol.group.GktpDocument;
import org.mckms.protocol.group.KeyAcknowledgement;
import org.mckms.protocol.group.KeyTransports;
import org.mckms.protocol.group.McService;
import org.mckms.protocol.group.ReceptionFault;
import org.mckms.protocol.group.RegroupedTransports;

/** A-19, the receiver's side: what comes of the keys of a document. */
class GroupKeyReceiverTest {
    private static final TestPki PKI = new TestPki();
    private static final TestGroupKey MEDIA = TestGroupKey.gmk(1, GROUP);
    private static final TestGroupKey FLOOR = TestGroupKey.gmk(2, GROUP).withText(KeyUse.FLOOR_TEXT);
    private static final TestGroupKey MKFC = TestGroupKey.mkfc(3, GROUP);
    private static final Instant LATER = NOW.plusSeconds(60);

    @TempDir
    private Path folder;

    private TwoDomains world;
    private TestMember alice;
    private GroupKeyReceiver receiver;

    @BeforeEach
    void begin() throws Exception {
        world = new TwoDomains(PKI, folder);
        alice = world.home(ALICE);
        receiver = alice.receiver(TwoDomains::managers);
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void storesTwoGmksOfOneNotification() {
        Reception reception = receive(MEDIA, FLOOR);

        assertThat(reception.keys())
                .containsExactly(
                        new ReceivedKey(MEDIA.id(), Outcome.STORED), new ReceivedKey(FLOOR.id(), Outcome.STORED));
        assertThat(keyFor(KeyUse.MEDIA)).contains(MEDIA.id().toString());
        assertThat(keyFor(KeyUse.FLOOR)).contains(FLOOR.id().toString());
        assertThat(reception.acknowledgement(ALICE).orElseThrow())
                .isEqualTo(new KeyAcknowledgement(GROUP, 0, ALICE, List.of(MEDIA.id(), FLOOR.id()), Optional.empty()));
    }

    @Test
    void refusesTheSignatureOfARevokedServerUntilItHasAnotherKey() throws Exception {
        Octets message = message(MEDIA, NOW);
        Octets pvt = message.slice(message.size() - 65, message.size());
        Path list = Files.writeString(folder.resolve("denied"), DeniedSigners.nameOf(pvt) + "  # taken over\n");
        GroupKeyReceiver careful = new GroupKeyReceiver(
                new MessageOpening(alice.kms(), ALICE, MikeyLeniency.STRICT, new DeniedSigners(list)),
                alice.groupKeys(),
                TwoDomains::managers,
                alice.kms().clock());

        Reception reception =
                careful.receive(document(ALICE, List.of(message), List.of()), GROUP, MessageWindow.INTERACTIVE);

        assertThat(reception.refusal().orElseThrow().fault()).isEqualTo(ReceptionFault.NOT_AUTHORISED);
        assertThat(reception.acknowledgement(ALICE).orElseThrow().fault()).contains(ReceptionFault.NOT_AUTHORISED);
        assertThat(alice.groupKeys().keys()).isEmpty();

        Files.writeString(list, "");
        assertThat(careful.receive(document(ALICE, List.of(message), List.of()), GROUP, MessageWindow.INTERACTIVE)
                        .isTaken())
                .isTrue();
    }

    @Test
    void storesAGmkAndAnMkfcOfOneNotification() {
        assertThat(receiver.receive(
                                document(ALICE, List.of(message(MEDIA, NOW)), List.of(message(MKFC, NOW))),
                                GROUP,
                                MessageWindow.INTERACTIVE)
                        .isTaken())
                .isTrue();

        assertThat(keyFor(KeyUse.MEDIA)).contains(MEDIA.id().toString());
        assertThat(keyFor(KeyUse.FLOOR)).contains(MKFC.id().toString());
    }

    @Test
    void storesNeitherOfTwoKeysIfOneIsBroken() {
        byte[] broken = message(FLOOR, NOW).toByteArray();
        broken[broken.length - 1] ^= 1;
        long before = alice.groupKeys().generation();

        Reception reception = receive(List.of(message(MEDIA, NOW), Octets.copyOf(broken)));

        assertThat(reception.refusal().orElseThrow().fault()).isEqualTo(ReceptionFault.WRONG_SIGNATURE);
        assertThat(alice.groupKeys().keys()).isEmpty();
        assertThat(alice.groupKeys().generation()).isEqualTo(before);
        assertThat(reception.acknowledgement(ALICE).orElseThrow().keyIds()).isEmpty();
        assertThat(reception.acknowledgement(ALICE).orElseThrow().fault()).contains(ReceptionFault.WRONG_SIGNATURE);
    }

    @Test
    void storesNeitherOfTwoKeysIfOneIsADuplicate() {
        receive(MEDIA);

        Reception reception = receive(FLOOR, MEDIA.withOctet(9));

        assertThat(reception.refusal().orElseThrow().fault()).isEqualTo(ReceptionFault.DUPLICATE_KEY_ID);
        assertThat(reception.acknowledgement(ALICE).orElseThrow().keyIds()).containsExactly(FLOOR.id(), MEDIA.id());
        assertThat(alice.groupKeys().keys()).extracting(GroupKeyDetails::keyId).containsExactly(MEDIA.id());
    }

    @Test
    void refusesAnotherKeyUnderAnIdentifierThatIsHeld() {
        receive(MEDIA);

        assertThat(fault(MEDIA.withOctet(9), LATER)).contains(ReceptionFault.DUPLICATE_KEY_ID);
        assertThat(fault(MEDIA.withRand(9), LATER)).contains(ReceptionFault.KEY_MISMATCH);
        assertThat(alice.groupKeys().keys()).hasSize(1);
    }

    @Test
    void takesNewParametersOfAKeyFromALaterMessage() {
        receive(MEDIA);
        Instant end = NOW.plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);

        world.clock.set(LATER);
        Reception reception = receive(List.of(message(MEDIA.active(NOW, Optional.of(end)), LATER)));

        assertThat(reception.keys()).containsExactly(new ReceivedKey(MEDIA.id(), Outcome.UPDATED));
        assertThat(alice.groupKeys().keyById(MEDIA.id(), end.minusSeconds(1))).isPresent();
        assertThat(alice.groupKeys().keyById(MEDIA.id(), end)).isEmpty();
    }

    @Test
    void refusesParametersFromAnEarlierMessage() {
        Octets early = message(MEDIA.active(NOW, Optional.of(LATER)), NOW);
        world.clock.set(LATER);
        receive(List.of(message(MEDIA, LATER)));

        assertThat(receive(List.of(early)).refusal().orElseThrow().fault()).isEqualTo(ReceptionFault.REPLAYED);
        assertThat(receive(List.of(message(MEDIA.withText("other"), LATER)))
                        .refusal()
                        .orElseThrow()
                        .fault())
                .isEqualTo(ReceptionFault.REPLAYED);
        assertThat(alice.groupKeys().keys().get(0).expiry()).isEmpty();
    }

    @Test
    void takesTheSameDocumentAgainWithoutAChange() {
        GktpDocument document = document(ALICE, List.of(message(MEDIA, NOW), message(FLOOR, NOW)), List.of());
        receiver.receive(document, GROUP, MessageWindow.INTERACTIVE);
        long written = alice.groupKeys().generation();
        world.clock.advance(Duration.ofHours(1));

        Reception again = receiver.receive(document, GROUP, MessageWindow.INTERACTIVE);

        assertThat(again.keys()).extracting(ReceivedKey::outcome).containsOnly(Outcome.UNCHANGED);
        assertThat(again.acknowledgement(ALICE).orElseThrow().keyIds()).containsExactly(MEDIA.id(), FLOOR.id());
        assertThat(alice.groupKeys().generation()).isEqualTo(written);
    }

    @Test
    void deletesARevokedKeyAndNeverTakesItAgain() {
        Octets first = message(MEDIA, NOW);
        receive(List.of(first));
        world.clock.set(LATER);

        Reception revocation = receive(List.of(message(MEDIA.revoked(), LATER)));

        assertThat(revocation.keys()).containsExactly(new ReceivedKey(MEDIA.id(), Outcome.REVOKED));
        assertThat(revocation.acknowledgement(ALICE).orElseThrow().fault()).isEmpty();
        assertThat(alice.groupKeys().keys()).isEmpty();
        assertThat(alice.groupKeys().isRevoked(MEDIA.id())).isTrue();
        assertThat(receive(List.of(first)).refusal().orElseThrow().fault()).isEqualTo(ReceptionFault.REVOKED);
        assertThat(fault(MEDIA, LATER.plusSeconds(1))).contains(ReceptionFault.REVOKED);
        assertThat(fault(MEDIA.withOctet(9), LATER.plusSeconds(1))).contains(ReceptionFault.REVOKED);
        assertThat(alice.reopen().isRevoked(MEDIA.id())).isTrue();
    }

    @Test
    void takesTheSameRevocationAgain() {
        receive(MEDIA);
        Octets revocation = message(MEDIA.revoked(), LATER);

        assertThat(receive(List.of(revocation)).keys())
                .extracting(ReceivedKey::outcome)
                .containsOnly(Outcome.REVOKED);
        assertThat(receive(List.of(revocation)).keys())
                .extracting(ReceivedKey::outcome)
                .containsOnly(Outcome.REVOKED);
    }

    @Test
    void takesARevocationOfTheSameSecondAndBeforeTheKeyItself() {
        receive(MEDIA);
        assertThat(receive(MEDIA.revoked()).isTaken()).isTrue();

        assertThat(receive(FLOOR.revoked()).isTaken()).isTrue();
        assertThat(fault(FLOOR, LATER)).contains(ReceptionFault.REVOKED);
    }

    @Test
    void revokesOneKeyAndStoresTheNextInOneDocument() {
        receive(MEDIA);
        TestGroupKey next = TestGroupKey.gmk(7, GROUP);

        assertThat(receive(List.of(message(MEDIA.revoked(), LATER), message(next, LATER)))
                        .keys())
                .extracting(ReceivedKey::outcome)
                .containsExactly(Outcome.REVOKED, Outcome.STORED);
        assertThat(alice.groupKeys().keys()).extracting(GroupKeyDetails::keyId).containsExactly(next.id());
    }

    @Test
    void refusesAKeyThatHasExpired() {
        assertThat(fault(MEDIA.active(NOW.minusSeconds(9), Optional.of(NOW)), NOW))
                .contains(ReceptionFault.EXPIRED);
        assertThat(fault(MEDIA.active(NOW.minusSeconds(9), Optional.of(NOW.plusSeconds(1))), NOW))
                .isEmpty();
    }

    @Test
    void deletesAKeyWhoseLifeIsOverAndTakesItBackFromALaterMessageOnly() {
        Octets first = message(MEDIA.active(NOW, Optional.of(LATER)), NOW);
        receive(List.of(first));
        world.clock.set(LATER);
        receive(FLOOR);

        assertThat(alice.groupKeys().keys()).extracting(GroupKeyDetails::keyId).containsExactly(FLOOR.id());
        assertThat(receive(List.of(first)).keys()).containsExactly(new ReceivedKey(MEDIA.id(), Outcome.UNCHANGED));
        assertThat(alice.groupKeys().keys()).hasSize(1);
        assertThat(fault(MEDIA, NOW.minusSeconds(1))).contains(ReceptionFault.REPLAYED);
        assertThat(fault(MEDIA.withOctet(9), LATER.plusSeconds(1))).contains(ReceptionFault.DUPLICATE_KEY_ID);
        assertThat(fault(MEDIA, LATER.plusSeconds(1))).isEmpty();
    }

    @Test
    void refusesAKeyOfAServerThatDoesNotManageTheGroup() {
        assertThat(receive(List.of(PARTNER_GMS.message(MEDIA, ALICE, HOME, NOW)))
                        .refusal()
                        .orElseThrow()
                        .fault())
                .isEqualTo(ReceptionFault.NOT_AUTHORISED);
    }

    @Test
    void refusesAKeyForAnotherGroupThatTheServerDoesNotManage() {
        String foreign = "sip:group@partner.example";

        assertThat(fault(TestGroupKey.gmk(4, GROUP, foreign), NOW)).contains(ReceptionFault.NOT_AUTHORISED);
        assertThat(fault(TestGroupKey.gmk(4, foreign), NOW)).contains(ReceptionFault.NOT_AUTHORISED);
        assertThat(fault(TestGroupKey.gmk(4, OTHER_GROUP), NOW)).contains(ReceptionFault.KEY_MISMATCH);
    }

    @Test
    void refusesEveryKeyOfAGroupThatNobodyManages() {
        GroupKeyReceiver unknowing = alice.receiver(group -> Set.of());

        assertThat(unknowing
                        .receive(document(ALICE, List.of(message(MEDIA, NOW)), List.of()), GROUP, MessageWindow.STORED)
                        .refusal()
                        .orElseThrow()
                        .fault())
                .isEqualTo(ReceptionFault.NOT_AUTHORISED);
    }

    @Test
    void storesOneKeyOfSeveralGroupsAndSeveralKeysOfOne() {
        receive(TestGroupKey.gmk(4, GROUP, OTHER_GROUP), MEDIA);

        assertThat(alice.groupKeys().keys()).hasSize(2);
        assertThat(alice.groupKeys().keyFor(OTHER_GROUP, KeyUse.MEDIA, NOW)).isPresent();
    }

    @Test
    void takesAKeyWithoutGroupsForThoseItIsDeliveredIn() {
        Octets message = message(TestGroupKey.gmk(4), NOW);
        receive(List.of(message));

        Reception other =
                receiver.receive(document(ALICE, List.of(message), List.of()), OTHER_GROUP, MessageWindow.INTERACTIVE);

        assertThat(other.keys()).extracting(ReceivedKey::outcome).containsExactly(Outcome.UPDATED);
        assertThat(alice.groupKeys().keys().get(0).groups()).containsExactly(GROUP, OTHER_GROUP);
    }

    @Test
    void refusesADocumentForSomebodyElse() {
        Octets forBob = GMS.message(MEDIA, BOB, HOME, NOW);

        assertThat(fault(document(BOB, List.of(forBob), List.of()))).isEqualTo(ReceptionFault.NOT_FOR_ME);
        assertThat(fault(document(ALICE, List.of(forBob), List.of()))).isEqualTo(ReceptionFault.NOT_FOR_ME);
    }

    @Test
    void hasNothingToTakeOrAnswerWhereThereAreNoKeys() {
        Reception nothing = receiver.receive(document(ALICE, List.of(), List.of()), GROUP, MessageWindow.STORED);

        assertThat(nothing.isTaken()).isTrue();
        assertThat(nothing.acknowledgement(ALICE)).isEmpty();
    }

    @Test
    void refusesAKeyInTheListOfAnotherKind() {
        assertThat(fault(document(ALICE, List.of(message(MKFC, NOW)), List.of())))
                .isEqualTo(ReceptionFault.KEY_MISMATCH);
        assertThat(fault(document(ALICE, List.of(), List.of(message(MEDIA, NOW)))))
                .isEqualTo(ReceptionFault.KEY_MISMATCH);
    }

    @Test
    void refusesMoreKeysOfOneGroupThanItCanAcknowledge() {
        List<Octets> many =
                IntStream.range(0, 17).mapToObj(n -> message(MEDIA, NOW)).toList();

        assertThat(fault(document(ALICE, many, List.of()))).isEqualTo(ReceptionFault.MALFORMED);
    }

    @Test
    void takesTheKeysOfATemporaryGroupOutOfItsOwnList() {
        String temporary = "sip:tmp-7@example.org";
        TestGroupKey key = TestGroupKey.gmk(8, temporary);
        GktpDocument document = new GktpDocument(
                McService.MCPTT,
                Optional.of(new KeyTransports(
                        List.of(new Gktp(ALICE, message(MEDIA, NOW))),
                        List.of(new RegroupedTransports(temporary, List.of(new Gktp(ALICE, message(key, NOW))))))),
                Optional.of(KeyTransports.of(List.of(new Gktp(ALICE, message(MKFC, NOW))))));

        Reception regrouped = receiver.receive(document, temporary, MessageWindow.INTERACTIVE);
        Reception own = receiver.receive(document, GROUP, MessageWindow.INTERACTIVE);

        assertThat(regrouped.keys()).containsExactly(new ReceivedKey(key.id(), Outcome.STORED));
        assertThat(own.keys()).extracting(ReceivedKey::keyId).containsExactly(MEDIA.id(), MKFC.id());
    }

    @Test
    void fetchesWhatWasPushedTooLate() {
        GktpDocument document = document(ALICE, List.of(message(MEDIA, NOW)), List.of());
        world.clock.advance(Duration.ofMinutes(10));

        Reception pushed = receiver.receive(document, GROUP, MessageWindow.INTERACTIVE);
        assertThat(pushed.isToBeFetched()).isTrue();
        Reception fetched = receiver.receive(document, GROUP, MessageWindow.STORED);
        assertThat(fetched.isTaken()).isTrue();
    }

    @Test
    void saysThatItCouldNotStore() throws Exception {
        Files.copy(alice.groupFile(), folder.resolve("copy"));
        receive(MEDIA);
        Files.move(folder.resolve("copy"), alice.groupFile(), StandardCopyOption.REPLACE_EXISTING);

        Reception reception = receive(FLOOR);

        assertThat(reception.refusal().orElseThrow().fault()).isEqualTo(ReceptionFault.STORAGE);
        assertThat(reception.acknowledgement(ALICE).orElseThrow().keyIds()).containsExactly(FLOOR.id());
        assertThat(alice.groupKeys().keys()).hasSize(1);
    }

    @Test
    void servesAMemberOfTheOtherSystemWhoTrustsItsOwnServerOnly() {
        TestMember carol = world.partner(CAROL);
        GroupKeyReceiver hers = carol.receiver(group -> Set.of(PARTNER_GMS.sender()));

        Reception direct = hers.receive(
                document(CAROL, List.of(GMS.message(MEDIA, CAROL, PARTNER, NOW)), List.of()),
                GROUP,
                MessageWindow.INTERACTIVE);
        Reception throughHerServer = hers.receive(
                document(CAROL, List.of(PARTNER_GMS.message(MEDIA, CAROL, PARTNER, NOW)), List.of()),
                GROUP,
                MessageWindow.INTERACTIVE);

        assertThat(direct.refusal().orElseThrow().fault()).isEqualTo(ReceptionFault.NOT_AUTHORISED);
        assertThat(throughHerServer.isTaken()).isTrue();
    }

    @Test
    void takesTheSameDocumentOnceFromSeveralThreads() throws Exception {
        GktpDocument document = document(ALICE, List.of(message(MEDIA, NOW), message(FLOOR, NOW)), List.of());
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Reception>> receptions =
                    Collections.nCopies(8, () -> receiver.receive(document, GROUP, MessageWindow.INTERACTIVE));
            int stored = 0;
            for (Future<Reception> each : threads.invokeAll(receptions)) {
                assertThat(each.get().isTaken()).isTrue();
                stored += (int) each.get().keys().stream()
                        .filter(key -> key.outcome() == Outcome.STORED)
                        .count();
            }

            assertThat(stored).isEqualTo(2);
            assertThat(alice.groupKeys().keys()).hasSize(2);
            assertThat(alice.groupKeys().generation()).isEqualTo(2);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void belongsToOneMember() {
        TestMember bob = world.home(BOB);

        assertThatThrownBy(
                        () -> new GroupKeyReceiver(alice.opening(), bob.groupKeys(), TwoDomains::managers, world.clock))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Octets message(TestGroupKey key, Instant time) {
        return GMS.message(key, ALICE, HOME, time);
    }

    private Reception receive(TestGroupKey... keys) {
        return receive(List.of(keys).stream().map(key -> message(key, NOW)).toList());
    }

    private Reception receive(List<Octets> messages) {
        return receiver.receive(document(ALICE, messages, List.of()), GROUP, MessageWindow.INTERACTIVE);
    }

    private Optional<ReceptionFault> fault(TestGroupKey key, Instant time) {
        return receive(List.of(message(key, time))).refusal().map(Reception.Refusal::fault);
    }

    private ReceptionFault fault(GktpDocument document) {
        return receiver.receive(document, GROUP, MessageWindow.INTERACTIVE)
                .refusal()
                .orElseThrow()
                .fault();
    }

    private Optional<String> keyFor(KeyUse use) {
        try (GroupKey key = alice.groupKeys().keyFor(GROUP, use, NOW).orElseThrow()) {
            return Optional.of(key.details().keyId().toString());
        }
    }
}
