package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mckms.it.support.AdminFace;
import org.mckms.it.support.Await;
import org.mckms.it.support.KeySet;
import org.mckms.it.support.Kms;
import org.mckms.it.support.KmsHome;
import org.mckms.it.support.KmsServer;
import org.mckms.it.support.Outage;
import org.mckms.it.support.TokenShim;
import org.mckms.it.support.TokenShim.Fault;

/** The token goes away under load in every way a token can, and comes back. */
class TokenAwayIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Slower than any token that can be used, faster than one that hangs. */
    private static final Duration FAR_TOO_SLOW = Duration.ofSeconds(3);

    private static final Duration SLOW = Duration.ofMillis(5);

    private static TokenShim shim;
    private static Kms kms;

    @BeforeAll
    static void start() {
        KmsHome home = KmsHome.make("token-away");
        home.set(Map.of("kms.audit.checkpoint-interval", "PT1S"));
        shim = TokenShim.before(home);
        kms = Kms.start(home, Map.of("origin", "derived"), shim.of(KmsServer.Variant.AS_BUILT));
    }

    @AfterAll
    static void stop() {
        shim.order(Fault.NONE);
        kms.close();
    }

    @Test
    void tokenThatHangs() {
        Outage.ofToken(() -> shim.order(Fault.HANG), () -> shim.order(Fault.NONE))
                .endure(kms, "hung", Outage.LONG);
    }

    @Test
    void tokenThatIsPulledOut() {
        Outage.ofToken(() -> shim.order(Fault.REMOVED), () -> shim.order(Fault.NONE))
                .endure(kms, "removed", Outage.LONG);
    }

    @Test
    void tokenThatForgetsItsSessions() {
        Outage.ofToken(() -> shim.order(Fault.SESSION_INVALID), () -> shim.order(Fault.NONE))
                .endure(kms, "sessions", Duration.ofSeconds(10));
    }

    @Test
    void tokenThatAnswersFarTooLate() {
        Outage.ofToken(() -> shim.slowBy(FAR_TOO_SLOW), () -> shim.order(Fault.NONE))
                .endure(kms, "late", Duration.ofSeconds(20));
    }

    @Test
    void tokenThatIsOnlySlowServes() {
        shim.slowBy(SLOW);
        try {
            KeySet.onlyOf(kms.csc().post("/keyprov", kms.idm().user("sip:slow@example.org")))
                    .assertHoldsUnder(kms.rootCertificate());
        } finally {
            shim.order(Fault.NONE);
        }
    }

    /** It is pulled out, and when it is back its PIN is locked: one attempt, and then an operator's word is needed. */
    @Test
    void lockedPinIsTriedOnce() {
        shim.order(Fault.REMOVED);
        Await.that("the loss is noticed", LIMIT, () -> vaultState().equals("LOST"));
        long before = shim.logins();

        shim.order(Fault.PIN_LOCKED);
        Await.that("the vault is shut", LIMIT, () -> vaultState().equals("INACTIVE"));
        Instant shut = Instant.now();
        Await.that("time for another attempt", LIMIT, () -> Instant.now().isAfter(shut.plusSeconds(10)));

        assertThat(shim.logins() - before).isEqualTo(1);
        assertThat(keyprov()).isEqualTo(503);

        shim.order(Fault.NONE);
        AdminFace.object(
                kms.officer().post("/vault/activate", Map.of("pin", kms.home().pin())));
        assertThat(keyprov()).isEqualTo(200);
    }

    private static int keyprov() {
        return kms.csc()
                .post("/keyprov", kms.idm().user("sip:locked@example.org"))
                .status();
    }

    private static String vaultState() {
        return AdminFace.object(kms.officer().get("/status"))
                .getJsonObject("vault")
                .getString("state");
    }
}
