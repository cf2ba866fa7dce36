package org.mckms.gms.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mckms.gms.application.GroupRig.ALICE;
import static org.mckms.gms.application.GroupRig.BOB;
import static org.mckms.gms.application.GroupRig.GROUP;
import static org.mckms.gms.application.GroupRig.OWNER;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mckms.gms.domain.CallbackRegister;
import org.mckms.gms.domain.KeyNotice;
import org.mckms.platform.delivery.CallbackAddress;
import org.mckms.platform.delivery.CallbackPolicy;
import org.mckms.platform.delivery.DeliveryOrder;
import org.mckms.platform.delivery.DeliveryResult;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class CallbackRegistrationTest {

    private static final String ADDRESS = "https://ptt.example.org/keys";
    private static final GroupCaller CALLER = GroupRig.caller(ALICE);

    private final GroupRig rig = new GroupRig();
    private final CallbackRegistration callbacks = new CallbackRegistration();

    /** Refuses one host. */
    private static final class FakePolicy implements CallbackPolicy {
        @Override
        public void require(CallbackAddress address) {
            if (address.host().equals("inside.example.org")) {
                throw new KmsException(KmsErrorCode.CALLBACK_REFUSED, "inside, on purpose");
            }
        }

        @Override
        public List<InetAddress> resolve(CallbackAddress address) {
            return List.of();
        }

        @Override
        public boolean allows(InetAddress address) {
            return true;
        }
    }

    @BeforeEach
    void wire() {
        callbacks.callbacks = new CallbackRegister(rig.rows.callbacks(), rig.guard);
        callbacks.notices = rig.rows.notices();
        callbacks.policy = new FakePolicy();
        callbacks.outbox = rig.callbacks;
        callbacks.transactions = rig.transactions;
        callbacks.recorded = rig.recorded;
        callbacks.clock = rig.time;
        rig.notifications.callbacks = callbacks.callbacks;
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void whatIsReadyWhenACallbackIsRegisteredIsSentThere() {
        rig.create(ALICE, BOB);
        assertThat(rig.callbacks.orders).isEmpty();
        callbacks.register(CALLER, ADDRESS);
        assertThat(rig.callbacks.orders).containsExactly(new DeliveryOrder(ALICE, GROUP + " " + ALICE));
        assertThat(rig.audit.events()).contains(AuditEvent.CALLBACK_CHANGED);
    }

    @Test
    void nothingIsSentToAnAddressThatHoldsNoMore() {
        callbacks.register(CALLER, ADDRESS);
        rig.create(ALICE);
        var former = rig.callbacks.newest();
        callbacks.register(CALLER, "https://elsewhere.example.org/");
        assertThat(rig.notifications.deliver(former)).isEqualTo(DeliveryResult.delivered());
        assertThat(rig.callbacks.hosts).containsExactly("elsewhere.example.org");
        callbacks.remove(CALLER);
        assertThat(rig.notifications.deliver(former)).isEqualTo(DeliveryResult.delivered());
        assertThat(rig.callbacks.posted).hasSize(1);
    }

    @Test
    void aCallbackIsReplacedAndRemoved() {
        assertThat(callbacks.addressOf(CALLER)).isEmpty();
        callbacks.register(CALLER, ADDRESS);
        callbacks.register(CALLER, ADDRESS + "/new");
        assertThat(callbacks.addressOf(CALLER)).contains(ADDRESS + "/new");
        assertThat(callbacks.addressOf(GroupRig.caller(BOB))).isEmpty();
        callbacks.remove(CALLER);
        assertThat(callbacks.addressOf(CALLER)).isEmpty();
        refuses(KmsErrorCode.NOT_FOUND, () -> callbacks.remove(CALLER));
    }

    @Test
    void addressesAreCheckedWhenTheyAreRegistered() {
        refuses(KmsErrorCode.CALLBACK_REFUSED, () -> callbacks.register(CALLER, "http://ptt.example.org/"));
        refuses(KmsErrorCode.CALLBACK_REFUSED, () -> callbacks.register(CALLER, "https://u:p@ptt.example.org/"));
        refuses(KmsErrorCode.CALLBACK_REFUSED, () -> callbacks.register(CALLER, "https://inside.example.org/"));
        assertThat(callbacks.addressOf(CALLER)).isEmpty();
    }

    @Test
    void anAddressThatWasWrittenIntoTheDatabaseIsRefused() {
        callbacks.register(CALLER, ADDRESS);
        rig.transactions.runInNew(() -> rig.transactions
                .entities()
                .createNativeQuery("UPDATE gms_callback SET address = 'https://mallory.example/'")
                .executeUpdate());
        refuses(KmsErrorCode.INTERNAL, () -> callbacks.addressOf(CALLER));
        assertThat(rig.audit.events()).contains(AuditEvent.ROW_TAMPERED);
    }

    @Test
    void tellsWhatIsReadyUntilItIsFetched() {
        rig.create(ALICE);
        assertThat(pending()).containsExactly(new KeyNotice(ALICE, GROUP, 1, rig.time.instant()));
        rig.fetch(ALICE);
        assertThat(pending()).isEmpty();
        rig.groups.rekey(OWNER, GROUP, Optional.empty());
        assertThat(pending()).extracting(KeyNotice::generation).containsExactly(2L);
    }

    private List<KeyNotice> pending() {
        return rig.transactions.inNew(() -> rig.rows.notices().pendingOf(List.of(ALICE, BOB), rig.time.instant()));
    }

    private static void refuses(KmsErrorCode code, Runnable act) {
        assertThatExceptionOfType(KmsException.class).isThrownBy(act::run).satisfies(e -> assertThat(e.code())
                .isEqualTo(code));
    }
}
