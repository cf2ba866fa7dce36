package org.mckms.kms.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mckms.kms.application.UnsureTransactions.Fate;
import org.mckms.kms.application.cek.CekChanges;
import org.mckms.kms.application.cek.CekRig;
import org.mckms.kms.domain.cek.CekEnding;
import org.mckms.kms.domain.cek.CekReference;
import org.mckms.kms.domain.cek.McServerChannel;
import org.mckms.platform.audit.AuditNote;
import org.mckms.platform.delivery.DeliveryHandler;
import org.mckms.platform.delivery.OutboxEntry;
import org.mckms.platform.delivery.OutboxState;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.cek.Cek;
import org.mckms.protocol.cek.CekAcknowledgement.Item;
import org.mckms.protocol.cek.CekFault;
import org.mckms.protocol.cek.CekStatus;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** What a push to an MC server must not do: hold ends up, leave keys behind, believe a blocked server, try for ever. */
class CekDeliveryCareTest {

    private static final String ALICE = ServerRig.ALICE;
    private static final String BOB = ServerRig.BOB;

    private final PushedServer server = new PushedServer();

    @AfterEach
    void close() {
        server.close();
    }

    private void endsOf(String user) {
        server.rig.transactions.runInNew(() -> server.rig.ceks.endings.endAllOf(user, CekEnding.OPERATOR, note -> {}));
    }

    /** The server stores, or refuses for now, or does not name, the key of Alice; it stores all others. */
    private void says(Cek ofAlice, Stream<CekFault> fault) {
        List<CekFault> faults = fault.toList();
        server.behaviour = received -> server.answer(server.pushes.get(server.pushes.size() - 1).stream()
                .filter(told -> !faults.isEmpty() || !told.keyId().equals(ofAlice.keyId()))
                .map(told -> new Item(
                        told.keyId(),
                        told.revision(),
                        told.keyId().equals(ofAlice.keyId()) ? Optional.of(faults.get(0)) : Optional.empty()))
                .toList());
    }

    private void endsGoOn(Cek ofAlice) {
        Cek ofBob = server.keyOf(BOB);
        server.workOff();
        endsOf(BOB);
        server.workOff();

        assertThat(server.pushes)
                .last()
                .satisfies(push -> assertThat(push).singleElement().satisfies(told -> {
                    assertThat(told.keyId()).isEqualTo(ofBob.keyId());
                    assertThat(told.status()).isEqualTo(CekStatus.REVOKED);
                }));
        assertThat(server.left()).singleElement().satisfies(left -> {
            assertThat(left.reference()).startsWith(ofAlice.keyId().toHex());
            assertThat(left.state()).isEqualTo(OutboxState.ASIDE);
        });
    }

    @Test
    void aKeyThatTheServerCannotStoreHoldsNoEndUp() {
        Cek ofAlice = server.keyOf(ALICE);
        says(ofAlice, Stream.of(CekFault.STORAGE));
        endsGoOn(ofAlice);
    }

    @Test
    void aKeyThatTheServerDoesNotNameHoldsNoEndUp() {
        Cek ofAlice = server.keyOf(ALICE);
        says(ofAlice, Stream.empty());
        endsGoOn(ofAlice);
    }

    @Test
    void aServerThatIsBlockedWhileItAnswersAcknowledgesNothing() {
        server.keyOf(ALICE);
        server.behaviour = received -> {
            server.rig.operatorsIdentities.block(ServerRig.OPERATOR, ServerRig.MCPTT, "stolen");
            return server.acknowledge(received);
        };
        server.workOff();

        assertThat(server.pushes).hasSize(1);
        assertThat(server.rig.audit.events()).doesNotContain(AuditEvent.CEK_ACTIVATED);
        assertThat(server.left()).singleElement().satisfies(left -> assertThat(left.reason())
                .contains("the server is blocked"));
    }

    @Test
    void whatIsPointlessEndsThoughTheServerHasNoTransportKey() {
        server.order(ServerRig.MCDATA, "00112233445566778899AABBCCDDEEFF:1");
        server.workOff();

        assertThat(server.pushes).isEmpty();
        assertThat(server.left()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fate.class,
            names = {"ROLLED_BACK", "COMMITTED_UNTOLD"})
    void keysAreWipedIfTheTransactionFailsThatReadsThem(Fate fate) {
        Cek made = server.keyOf(ALICE);
        OutboxEntry entry = new OutboxEntry(
                UUID.randomUUID(),
                CekReference.TOPIC,
                ServerRig.MCPTT,
                new CekReference(made.keyId(), 1).text(),
                1,
                server.rig.time.instant());
        Kept kept = new Kept(server.rig.ceks.changes());
        KeptForms forms = new KeptForms(server.devices);
        DeliveryHandler delivery = CekRig.delivery(
                server.rig.cekServer,
                kept,
                new UnsureTransactions(server.rig.transactions, fate),
                forms,
                (url, document) -> new McServerChannel.Failed("not reached"));

        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(() -> delivery.deliver(entry))
                .satisfies(e -> assertThat(e.code()).isEqualTo(KmsErrorCode.DATABASE_UNAVAILABLE));
        assertThat(kept.told).singleElement().satisfies(cek -> assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> cek.key().orElseThrow().use(octets -> octets[0])));
        assertThat(forms.made).singleElement().satisfies(form -> assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> form.protection().wrapWith().orElseThrow().copy()));
    }

    /** Remembers the keys that were opened. */
    private static final class Kept implements CekChanges {
        private final CekChanges changes;
        private final List<Cek> told = new ArrayList<>();

        Kept(CekChanges changes) {
            this.changes = changes;
        }

        @Override
        public List<Cek> toPush(String serverUri, List<CekReference> references) {
            List<Cek> ceks = changes.toPush(serverUri, references);
            told.addAll(ceks);
            return ceks;
        }

        @Override
        public void acknowledged(String serverUri, List<Item> items, Consumer<AuditNote> trail) {
            changes.acknowledged(serverUri, items, trail);
        }
    }

    /** Remembers the keys that protect. */
    private static final class KeptForms extends ServerDevices {
        private final ServerDevices devices;
        private final List<Form> made = new ArrayList<>();

        KeptForms(ServerDevices devices) {
            this.devices = devices;
        }

        @Override
        public Form form(String serverUri, Instant now) {
            made.add(devices.form(serverUri, now));
            return made.get(0);
        }
    }
}
