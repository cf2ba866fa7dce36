package org.mckms.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mckms.client.ClientBench.ALICE;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mckms.client.StubKms.Misdeed;
import org.mckms.client.StubServer.Reply;
import org.mckms.protocol.message.ClientError;

/** A KMS, or somebody in its place, that breaks a rule: each has its own answer, and nothing bad is kept. */
class BadKmsTest {
    private static TestPki pki;

    @TempDir
    private Path folder;

    private ClientBench bench;

    @BeforeAll
    static void makeAuthority() {
        pki = new TestPki();
    }

    @BeforeEach
    void start() {
        bench = new ClientBench(pki, folder);
        bench.client().init();
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @ParameterizedTest
    @CsvSource({
        "UNSIGNED, UNSIGNED, not signed",
        "WRONG_SIGNATURE, WRONG_SIGNATURE, does not hold",
        "SIGNED_UNDER_UNKNOWN_NAME, WRONG_SIGNATURE, ink.99",
        "SIGNED_UNDER_TRK, WRONG_SIGNATURE, tk.1",
        "KEYS_IN_CLEAR, KEYS_NOT_WRAPPED, not wrapped",
        "WRAPPED_UNDER_OTHER_KEY, MALFORMED, does not unwrap",
        "WRAPPED_UNDER_UNKNOWN_NAME, KEYS_NOT_UNWRAPPABLE, tk.99",
        "WRAPPED_UNDER_INK, KEYS_NOT_UNWRAPPABLE, ink.1",
        "KEYS_OF_ANOTHER_USER, KEY_SET_REJECTED, for the user asked for",
        "KEYS_OF_ANOTHER_USER_UNDER_THIS_NAME, KEY_SET_REJECTED, UserID recomputed",
        "WRONG_PERIOD, KEY_SET_REJECTED, key period plausible",
        "NO_KEY_SET, KEY_SET_MISSING, no key set for",
        "ANSWER_TO_ANOTHER_REQUEST, FOR_ANOTHER_REQUEST, is one to",
        "ANSWER_FOR_ANOTHER_USER, FOR_ANOTHER_REQUEST, mallory",
        "ANSWER_OF_ANOTHER_KMS, FOR_ANOTHER_REQUEST, kms.other.example",
        "STALE, STALE, from now",
        "CUT, MALFORMED, not accepted",
        "NOT_XML, MALFORMED, not accepted"
    })
    void isTold(Misdeed misdeed, AnswerFault fault, String text) {
        bench.kms.does(misdeed);

        KmsAnswerException refused = catchThrowableOfType(
                KmsAnswerException.class, () -> bench.client().provision());

        assertThat(refused).isNotNull();
        assertThat(refused.fault()).isEqualTo(fault);
        assertThat(refused).hasMessageContaining(text);
        assertThat(bench.client().held()).isEmpty();
        assertThat(bench.store().clientError()).map(ClientError::code).contains(fault.code());
    }

    @ParameterizedTest
    @CsvSource({
        "UNSIGNED, UNSIGNED",
        "REVOKED_ROOT, CERTIFICATE_REJECTED",
        "ROOT_OF_ANOTHER_KMS, CERTIFICATE_REJECTED",
        "ROOT_OF_LATER, CERTIFICATE_REJECTED"
    })
    void cannotGiveABadRootCertificate(Misdeed misdeed, AnswerFault fault) {
        bench.kms.does(misdeed);

        KmsAnswerException refused = catchThrowableOfType(
                KmsAnswerException.class, () -> bench.client().init());

        assertThat(refused.fault()).isEqualTo(fault);
        assertThat(bench.store().rootCertificates()).containsExactly(ClientBench.FIRST.root());
    }

    @Test
    void cannotPassAPartnerOffAsHome() {
        bench.kms.adds(ClientBench.SECOND.external(false));

        KmsAnswerException refused = catchThrowableOfType(
                KmsAnswerException.class, () -> bench.client().updatePartners());

        assertThat(refused.fault()).isEqualTo(AnswerFault.CERTIFICATE_REJECTED);
        assertThat(bench.store().partnerCertificates()).isEmpty();
        assertThat(bench.store().cacheNumber()).isEmpty();
    }

    @Test
    void cannotMakeTheClientTakeKeysUnsigned() {
        bench.kms.ordersRotation();
        bench.kms.does(Misdeed.UNSIGNED);

        assertThatThrownBy(() -> bench.client().init()).isInstanceOf(KmsAnswerException.class);

        assertThat(bench.store().pendingKeys()).isEmpty();
    }

    @Test
    void cannotAnnounceKeysUnderTheIntegrityKey() {
        bench.kms.ordersRotation();
        bench.kms.does(Misdeed.WRAPPED_UNDER_INK);

        assertThatThrownBy(() -> bench.client().init()).isInstanceOf(KmsAnswerException.class);

        assertThat(bench.store().pendingKeys()).isEmpty();
    }

    @Test
    void hearsOnceInTheNextRequestWhatWasWrong() {
        bench.kms.does(Misdeed.WRONG_PERIOD);
        assertThatThrownBy(() -> bench.client().provision()).isInstanceOf(KeySetRejectedException.class);
        bench.kms.does(Misdeed.NONE);
        bench.reopen();

        bench.client().provision();
        bench.client().provision();

        assertThat(bench.kms.reported()).hasSize(1);
        assertThat(bench.kms.reported().get(0).code()).isEqualTo(AnswerFault.KEY_SET_REJECTED.code());
        assertThat(bench.kms.reported().get(0).message()).contains(ALICE, "key period plausible");
    }

    @Test
    void isToldAllChecksOfARejectedKeySet() {
        bench.kms.does(Misdeed.KEYS_OF_ANOTHER_USER_UNDER_THIS_NAME);

        KeySetRejectedException refused = catchThrowableOfType(
                KeySetRejectedException.class, () -> bench.client().provision());

        assertThat(refused.userUri()).isEqualTo(ALICE);
        assertThat(refused.report().findings())
                .filteredOn(finding -> finding.outcome() == KeySetReport.Outcome.FAILED)
                .extracting(KeySetReport.Finding::check)
                .containsExactly(
                        KeySetCheck.USER_ID_RECOMPUTED,
                        KeySetCheck.SIGNING_KEY_VALID,
                        KeySetCheck.DECRYPTION_KEY_VALID);
    }

    @Test
    void refusesTheToken() {
        bench.kms.does(Misdeed.STATUS_401);

        KmsRefusedException refused = catchThrowableOfType(
                KmsRefusedException.class, () -> bench.client().provision());

        assertThat(refused.tokenRefused()).isTrue();
        assertThat(refused.mayPass()).isFalse();
        assertThat(refused.needsRegistration()).isFalse();
    }

    @Test
    void isAwayForNow() {
        bench.kms.does(Misdeed.STATUS_503);

        KmsRefusedException refused = catchThrowableOfType(
                KmsRefusedException.class, () -> bench.client().provision());

        assertThat(refused.mayPass()).isTrue();
        assertThat(refused.httpStatus()).isEqualTo(503);
    }

    @Test
    void isTooSlow() {
        CountDownLatch end = new CountDownLatch(1);
        bench.server().answers(request -> {
            await(end);
            return bench.kms.apply(request);
        });
        KmsClient client =
                bench.client(settings -> settings.limits(TimeLimits.STANDARD.withAnswer(Duration.ofMillis(300))));

        try {
            assertThatThrownBy(client::provision)
                    .isInstanceOf(KmsUnreachableException.class)
                    .hasMessageContaining("300 ms");
        } finally {
            end.countDown();
        }
    }

    @Test
    void closesTheConnection() {
        bench.server().answers(request -> {
            throw new IllegalStateException("closes");
        });

        assertThatThrownBy(() -> bench.client().provision())
                .isInstanceOf(KmsUnreachableException.class)
                .hasMessageContaining("broke");
    }

    @Test
    void leavesNothingBehindInAnyCase() {
        List<KeySetSummary> good = bench.client().provision();
        for (Misdeed misdeed : Misdeed.values()) {
            bench.kms.does(misdeed);
            try {
                bench.client().provision();
            } catch (KmsClientException e) {
                assertThat(e).as(misdeed.name()).hasMessageNotContaining("null");
            }
            assertThat(bench.client().held()).as(misdeed.name()).isEqualTo(good);
        }
    }

    @Test
    void answersWithSomethingElse() {
        bench.server().answers(request -> Reply.text(200, "text/html", "<html>a portal</html>"));

        assertThatThrownBy(() -> bench.client().provision()).isInstanceOf(KmsAnswerException.class);
    }

    private static void await(CountDownLatch end) {
        try {
            end.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
