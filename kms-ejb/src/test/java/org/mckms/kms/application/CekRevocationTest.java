package org.mckms.kms.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mckms.kms.application.CekDevice.only;
import static org.mckms.kms.application.CekDevice.session;
import static org.mckms.kms.application.CekDevice.stored;
import static org.mckms.kms.application.ServerRig.ALICE;
import static org.mckms.kms.application.ServerRig.MCPTT;
import static org.mckms.kms.application.ServerRig.OPERATOR;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.kms.domain.token.PresentedToken;
import org.mckms.kms.domain.token.TokenDigest;
import org.mckms.protocol.cek.Cek;
import org.mckms.protocol.cek.CekEnd;
import org.mckms.protocol.cek.CekQuery;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** Keys that are made or renewed at the moment at which they, or the token they are made under, come to an end. */
class CekRevocationTest {

    private static final CekQuery LIVING = new CekQuery(true, Optional.empty());

    /** How long an end is given to come through while a renewal has not been committed, milliseconds. */
    private static final long MOMENT = 300;

    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private final ServerRig rig = rig();
    private final TokenRevocations revocations = new TokenRevocations();
    private final CekDevice mcptt = CekDevice.server(rig, MCPTT);

    private static ServerRig rig() {
        Map<String, String> settings = new HashMap<>(ServerRig.WITH_CEKS);
        settings.put("kms.cek.required", "true");
        ServerRig rig = new ServerRig(settings);
        rig.epoch();
        return rig;
    }

    @BeforeEach
    void wire() {
        revocations.revocations = rig.repositories.tokenRevocations();
        revocations.known = rig.ceks.revoked;
        revocations.transactions = rig.transactions;
        revocations.recorded = rig.recorded;
        revocations.settings = rig.settings;
        revocations.ceks = rig.ceks.endings;
        revocations.identities = rig.identities;
        revocations.clock = rig.time;
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        rig.close();
    }

    /** Alice with a token of identifier {@code a-7}, issued a minute ago. */
    private CekDevice alice(String device) {
        AuthenticatedIdentity alice = ServerRig.user(ALICE)
                .under(new PresentedToken(
                        Optional.of(TokenDigest.of("idm", "a-7")),
                        Set.of(ALICE),
                        Optional.of(rig.time.instant().minusSeconds(60)),
                        rig.time.instant().plus(Duration.ofDays(1))));
        return CekDevice.user(rig, alice, device);
    }

    private Object revokeToken() {
        return revocations.revokeToken(OPERATOR, "idm", "a-7", Optional.empty());
    }

    private Object revokeOlder() {
        return revocations.revokeOlder(OPERATOR, ALICE, Optional.empty(), Optional.empty());
    }

    private static void refusesAsRevoked(Runnable act) {
        assertThatExceptionOfType(KmsException.class).isThrownBy(act::run).satisfies(e -> assertThat(e.code())
                .isEqualTo(KmsErrorCode.UNAUTHENTICATED));
    }

    private void noKeyIsLeft() {
        assertThat(mcptt.list(LIVING)).isEmpty();
        assertThat(rig.database.tamper("UPDATE kms_cek SET sealed = sealed WHERE sealed IS NOT NULL"))
                .isZero();
    }

    /** Has something happen in a transaction from now on, before it is committed. The first one is that of the admission. */
    private void within(int transaction, Callable<Object> act) {
        rig.committing.through(new InterruptedTransactions(rig.transactions, transaction, () -> {
            try {
                threads.submit(act).get(MOMENT, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // it waits for this transaction
            } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }));
    }

    private void revocationLeavesNoKeyThatIsBeingMade(Callable<Object> revocation) throws Exception {
        List<Callable<Object>> calls = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            CekDevice device = alice("device-" + i);
            calls.add(() -> {
                for (int call = 0; call < 4; call++) {
                    try {
                        device.current(session("call-" + call));
                    } catch (KmsException e) {
                        assertThat(e.code()).isEqualTo(KmsErrorCode.UNAUTHENTICATED);
                    }
                }
                return true;
            });
        }
        calls.add(revocation);
        for (Future<Object> call : threads.invokeAll(calls)) {
            call.get();
        }

        noKeyIsLeft();
        refusesAsRevoked(() -> alice("other").current());
    }

    @Test
    void aRevocationByIdentityLeavesNoKeyThatIsBeingMade() throws Exception {
        revocationLeavesNoKeyThatIsBeingMade(this::revokeOlder);
    }

    @Test
    void aRevocationByTokenLeavesNoKeyThatIsBeingMade() throws Exception {
        revocationLeavesNoKeyThatIsBeingMade(this::revokeToken);
    }

    @Test
    void aRequestThatWasLetInBeforeMakesNoKeyAfterwards() {
        CekDevice alice = alice("default");
        within(1, this::revokeOlder);

        refusesAsRevoked(alice::current);
        noKeyIsLeft();
    }

    @Test
    void aKeyThatIsCommittedAfterItsTokenWasRevokedEndsAtOnce() {
        CekDevice alice = alice("default");
        within(2, this::revokeToken);

        refusesAsRevoked(alice::current);
        noKeyIsLeft();
    }

    @Test
    void keySetsOfARevokedTokenBringNoKeyEither() {
        TestDevice alice = TestDevice.registered(rig, ALICE, "default");
        within(1, this::revokeOlder);

        refusesAsRevoked(alice::ask);
        noKeyIsLeft();
    }

    private enum End {
        OF_SESSION,
        OF_USER,
        OF_TOKEN
    }

    private Callable<Object> end(End end, CekDevice alice) {
        return switch (end) {
            case OF_SESSION -> () -> mcptt.end(CekEnd.ofSession("call-1"));
            case OF_USER -> () -> alice.end(CekEnd.ofUser());
            case OF_TOKEN -> this::revokeToken;
        };
    }

    private void untilEnded(Future<Object> ending) {
        try {
            ending.get(10, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An end that comes while a successor is being made meets the successor as well. */
    @ParameterizedTest
    @EnumSource(End.class)
    void anEndMeetsTheSuccessorThatIsBeingMade(End end) {
        CekDevice alice = alice("default");
        Cek old = only(alice.current(session("call-1")));
        mcptt.acknowledge(stored(old));
        rig.time.pass(Duration.ofHours(1));
        List<Future<Object>> ending = new ArrayList<>();
        within(2, () -> {
            Future<Object> future = threads.submit(end(end, alice));
            ending.add(future);
            return future.get();
        });

        assertThat(mcptt.renew(ALICE, session("call-1"))).hasSize(2);

        ending.forEach(this::untilEnded);
        noKeyIsLeft();
    }

    @ParameterizedTest
    @EnumSource(End.class)
    void anEndMeetsTheSuccessorThatTimeBrings(End end) {
        CekDevice alice = alice("default");
        mcptt.acknowledge(stored(only(alice.current(session("call-1")))));
        rig.time.pass(Duration.ofDays(1).plus(Duration.ofMinutes(6)));
        List<Future<Object>> ending = new ArrayList<>();
        within(2, () -> {
            Future<Object> future = threads.submit(end(end, alice));
            ending.add(future);
            return future.get();
        });

        rig.ceks.sweep.run();

        assertThat(ending).hasSize(1);
        ending.forEach(this::untilEnded);
        noKeyIsLeft();
    }
}
