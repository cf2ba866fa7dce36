package org.mckms.kms.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mckms.kms.domain.EpochRegister.EpochCatalogue;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.eccsi.KmsPublicAuthenticationKey;
import org.mckms.mikeysakke.identity.KeyPeriod;
import org.mckms.mikeysakke.identity.KeyPeriodSchedule;
import org.mckms.mikeysakke.sakke.KmsPublicKey;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/**
 * Thirty-day periods without offset: period 1536 is 1536 * 2592000 = 3981312000 s after 1900, that is 2026-03-01T00:00:00Z
 * (3981312000 - 2208988800 = 1772323200 in Unix seconds). 1535 begins 2026-01-30, 1537 begins 2026-03-31, 1538 begins
 * 2026-04-30.
 */
class PeriodWindowTest {

    private static final KeyPeriodSchedule THIRTY_DAYS = new KeyPeriodSchedule(2_592_000, 0);
    private static final PeriodWindow WINDOW = new PeriodWindow(Duration.ofDays(1), 1);
    private static final Epoch EPOCH = epoch(1, THIRTY_DAYS, "2025-01-01T00:00:00Z", "2028-01-01T00:00:00Z");
    private static final EpochCatalogue ONE = new EpochCatalogue(List.of(EPOCH));

    static Epoch epoch(long id, KeyPeriodSchedule schedule, String from, String to) {
        return epoch(id, schedule, from, to, EpochState.ACTIVE);
    }

    private static Epoch epoch(long id, KeyPeriodSchedule schedule, String from, String to, EpochState state) {
        return new Epoch(
                new EpochId(new UUID(0, id)),
                EpochPurpose.DEVELOPMENT,
                EpochOrigin.DERIVED,
                state,
                "kms.example.org",
                "cert" + id,
                "issuer",
                Instant.parse(from),
                Instant.parse(to),
                schedule,
                List.of(),
                new KmsPublicKey(Vectors.of("extraction/rfc.properties").octets("zTPublic")),
                new KmsPublicAuthenticationKey(
                        Vectors.of("extraction/rfc.properties").octets("kpak")),
                Optional.empty());
    }

    private static void refuses(KmsErrorCode code, Runnable selection) {
        assertThatExceptionOfType(KmsException.class).isThrownBy(selection::run).satisfies(e -> assertThat(e.code())
                .isEqualTo(code));
    }

    @ParameterizedTest
    @CsvSource({
        // now, asked, period
        "2026-03-01T00:00:00Z, 2026-03-01T00:00:00Z, 1536",
        "2026-03-15T00:00:00Z, 2026-03-30T23:59:59.999Z, 1536",
        "2026-03-15T00:00:00Z, 2026-03-31T00:00:00Z, 1537",
        "2026-03-15T00:00:00Z, 2026-04-29T23:59:59Z, 1537",
        "2026-03-30T23:59:59Z, 2026-04-29T23:59:59Z, 1537",
        "2026-03-31T00:00:00Z, 2026-04-30T00:00:00Z, 1538",
        // within the day of grace after 2026-03-01T00:00:00Z
        "2026-03-01T00:00:00Z, 2026-02-28T23:59:59Z, 1535",
        "2026-03-01T23:59:59.999999Z, 2026-01-30T00:00:00Z, 1535",
    })
    void servesThePresentTheGraceAndTheNextPeriod(Instant now, Instant asked, long period) {
        assertThat(WINDOW.select(ONE, now, asked)).containsExactly(new EpochPeriod(EPOCH, new KeyPeriod(period)));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-02T00:00:00Z, 2026-02-28T23:59:59Z",
        "2026-03-02T00:00:00Z, 2026-01-30T00:00:00Z",
        "2026-03-01T00:00:00Z, 2026-01-29T23:59:59Z",
        "2026-03-30T23:59:59Z, 2026-04-30T00:00:00Z",
        "2026-03-15T00:00:00Z, 2027-12-31T00:00:00Z",
        "2026-03-15T00:00:00Z, 2028-01-01T00:00:00Z",
        "2026-03-15T00:00:00Z, 2024-12-31T23:59:59Z",
        "2026-03-15T00:00:00Z, 1900-01-01T00:00:00Z",
        "2026-03-15T00:00:00Z, 2172-03-15T00:00:00Z",
    })
    void refusesEverythingElse(Instant now, Instant asked) {
        refuses(KmsErrorCode.KEY_PERIOD_UNAVAILABLE, () -> WINDOW.select(ONE, now, asked));
    }

    @Test
    void anOffsetMovesThePeriods() {
        // 12 h later: period 1536 now lasts from 2026-03-01T12:00:00Z to 2026-03-31T12:00:00Z
        Epoch shifted =
                epoch(1, new KeyPeriodSchedule(2_592_000, 43_200), "2025-01-01T00:00:00Z", "2028-01-01T00:00:00Z");
        EpochCatalogue epochs = new EpochCatalogue(List.of(shifted));
        Instant morning = Instant.parse("2026-03-01T11:59:59Z");

        assertThat(WINDOW.current(epochs, morning).period()).isEqualTo(new KeyPeriod(1535));
        assertThat(WINDOW.current(epochs, morning.plusSeconds(1)).period()).isEqualTo(new KeyPeriod(1536));
    }

    @Test
    void withoutFuturePeriodsOnlyThePresentIsServed() {
        PeriodWindow present = new PeriodWindow(Duration.ZERO, 0);
        Instant now = Instant.parse("2026-03-01T00:00:00Z");

        assertThat(present.select(ONE, now, now)).containsExactly(new EpochPeriod(EPOCH, new KeyPeriod(1536)));
        refuses(KmsErrorCode.KEY_PERIOD_UNAVAILABLE, () -> present.select(ONE, now, now.minusSeconds(1)));
        refuses(
                KmsErrorCode.KEY_PERIOD_UNAVAILABLE,
                () -> present.select(ONE, now, Instant.parse("2026-03-31T00:00:00Z")));
    }

    @Test
    void isNotReadyWithoutAnEpochOfThePresent() {
        Instant now = Instant.parse("2026-03-15T00:00:00Z");
        Epoch later = epoch(1, THIRTY_DAYS, "2026-04-01T00:00:00Z", "2028-01-01T00:00:00Z");
        Epoch retired = epoch(2, THIRTY_DAYS, "2025-01-01T00:00:00Z", "2028-01-01T00:00:00Z", EpochState.RETIRED);

        refuses(KmsErrorCode.NOT_READY, () -> WINDOW.current(new EpochCatalogue(List.of()), now));
        refuses(KmsErrorCode.NOT_READY, () -> WINDOW.select(new EpochCatalogue(List.of(later)), now, now));
        refuses(KmsErrorCode.NOT_READY, () -> WINDOW.select(new EpochCatalogue(List.of(retired)), now, now));
    }

    @Test
    void ofTwoValidEpochsTheOneThatBeganLastServes() {
        Epoch newer = epoch(2, THIRTY_DAYS, "2026-03-10T00:00:00Z", "2028-01-01T00:00:00Z");
        EpochCatalogue both = new EpochCatalogue(List.of(EPOCH, newer));

        assertThat(WINDOW.current(both, Instant.parse("2026-03-09T23:59:59Z")).epoch())
                .isEqualTo(EPOCH);
        assertThat(WINDOW.current(both, Instant.parse("2026-03-10T00:00:00Z")).epoch())
                .isEqualTo(newer);
    }

    @Test
    void anEpochEndsAtItsEnd() {
        Epoch ending = epoch(1, THIRTY_DAYS, "2025-01-01T00:00:00Z", "2026-03-15T00:00:00Z");
        EpochCatalogue epochs = new EpochCatalogue(List.of(ending));

        assertThat(WINDOW.current(epochs, Instant.parse("2026-03-14T23:59:59.999Z"))
                        .epoch())
                .isEqualTo(ending);
        refuses(KmsErrorCode.NOT_READY, () -> WINDOW.current(epochs, Instant.parse("2026-03-15T00:00:00Z")));
    }

    @Test
    void theNextPeriodIsThatOfTheEpochThenValid() {
        // weekly periods from 2026-03-31 on: 2026-03-31T00:00:00Z is NTP second 3983904000 = 6587 * 604800 + 86400
        KeyPeriodSchedule weekly = new KeyPeriodSchedule(604_800, 86_400);
        Epoch next = epoch(2, weekly, "2026-03-31T00:00:00Z", "2028-01-01T00:00:00Z");
        EpochCatalogue both = new EpochCatalogue(List.of(EPOCH, next));
        Instant now = Instant.parse("2026-03-15T00:00:00Z");

        assertThat(WINDOW.selectCurrent(both, now, PeriodsServed.CURRENT_AND_NEXT))
                .containsExactly(
                        new EpochPeriod(EPOCH, new KeyPeriod(1536)),
                        new EpochPeriod(EPOCH, new KeyPeriod(1537)),
                        new EpochPeriod(next, new KeyPeriod(6587)));
        assertThat(WINDOW.selectCurrent(both, now, PeriodsServed.CURRENT))
                .containsExactly(new EpochPeriod(EPOCH, new KeyPeriod(1536)));
    }

    /** A month of the old epoch does not open a month's worth of days of the new one. */
    @Test
    void theReachIsCountedInPeriodsOfTheEpochAskedFor() {
        KeyPeriodSchedule daily = new KeyPeriodSchedule(86_400, 0);
        Epoch next = epoch(2, daily, "2026-03-10T00:00:00Z", "2028-01-01T00:00:00Z");
        EpochCatalogue both = new EpochCatalogue(List.of(EPOCH, next));
        Instant now = Instant.parse("2026-03-05T00:00:00Z");

        assertThat(WINDOW.select(both, now, Instant.parse("2026-03-10T12:00:00Z")))
                .extracting(EpochPeriod::epoch)
                .containsExactly(EPOCH, next);
        refuses(
                KmsErrorCode.KEY_PERIOD_UNAVAILABLE,
                () -> WINDOW.select(both, now, Instant.parse("2026-03-11T00:00:00Z")));
        refuses(KmsErrorCode.KEY_PERIOD_UNAVAILABLE, () -> new PeriodWindow(Duration.ofDays(1), 0)
                .select(both, now, Instant.parse("2026-03-10T12:00:00Z")));
    }

    @Test
    void thereIsNoNextPeriodAfterTheLastEpoch() {
        Epoch ending = epoch(1, THIRTY_DAYS, "2025-01-01T00:00:00Z", "2026-03-31T00:00:00Z");

        assertThat(WINDOW.selectCurrent(
                        new EpochCatalogue(List.of(ending)),
                        Instant.parse("2026-03-15T00:00:00Z"),
                        PeriodsServed.CURRENT_AND_NEXT))
                .containsExactly(new EpochPeriod(ending, new KeyPeriod(1536)));
    }

    @Test
    void whileTwoEpochsOverlapTheKeysOfBothAreServedTheNewestLast() {
        Epoch newer = epoch(2, THIRTY_DAYS, "2026-03-10T00:00:00Z", "2028-01-01T00:00:00Z");
        Epoch older = epoch(1, THIRTY_DAYS, "2025-01-01T00:00:00Z", "2026-03-20T00:00:00Z");
        EpochCatalogue both = new EpochCatalogue(List.of(newer, older));
        EpochPeriod ofOlder = new EpochPeriod(older, new KeyPeriod(1536));
        EpochPeriod ofNewer = new EpochPeriod(newer, new KeyPeriod(1536));

        for (Instant before : at("2026-03-09T23:59:59Z")) {
            assertThat(WINDOW.selectCurrent(both, before, PeriodsServed.CURRENT))
                    .containsExactly(ofOlder);
            assertThat(WINDOW.select(both, before, before)).containsExactly(ofOlder);
        }
        for (Instant within : at("2026-03-10T00:00:00Z", "2026-03-19T23:59:59Z")) {
            assertThat(WINDOW.selectCurrent(both, within, PeriodsServed.CURRENT))
                    .containsExactly(ofOlder, ofNewer);
            assertThat(WINDOW.select(both, within, within)).containsExactly(ofOlder, ofNewer);
        }
        for (Instant after : at("2026-03-20T00:00:00Z")) {
            assertThat(WINDOW.selectCurrent(both, after, PeriodsServed.CURRENT)).containsExactly(ofNewer);
            assertThat(WINDOW.select(both, after, after)).containsExactly(ofNewer);
        }
    }

    private static List<Instant> at(String... times) {
        return Arrays.stream(times).map(Instant::parse).toList();
    }

    @Test
    void aRetiredEpochEndsTheOverlap() {
        Epoch newer = epoch(2, THIRTY_DAYS, "2026-03-10T00:00:00Z", "2028-01-01T00:00:00Z");
        Epoch retired = epoch(1, THIRTY_DAYS, "2025-01-01T00:00:00Z", "2028-01-01T00:00:00Z", EpochState.RETIRED);

        assertThat(WINDOW.selectCurrent(
                        new EpochCatalogue(List.of(newer, retired)),
                        Instant.parse("2026-03-15T00:00:00Z"),
                        PeriodsServed.CURRENT))
                .extracting(EpochPeriod::epoch)
                .containsExactly(newer);
    }

    @Test
    void anOlderEpochOutsideTheWindowIsLeftOut() {
        KeyPeriodSchedule daily = new KeyPeriodSchedule(86_400, 0);
        Epoch older = epoch(1, daily, "2025-01-01T00:00:00Z", "2028-01-01T00:00:00Z");
        Epoch newer = epoch(2, THIRTY_DAYS, "2026-03-01T00:00:00Z", "2028-01-01T00:00:00Z");

        assertThat(WINDOW.select(
                        new EpochCatalogue(List.of(older, newer)),
                        Instant.parse("2026-03-15T12:00:00Z"),
                        Instant.parse("2026-03-02T00:00:00Z")))
                .containsExactly(new EpochPeriod(newer, new KeyPeriod(1536)));
    }

    @Test
    void neverServesAPeriodThatWasOverBeforeTheRegistration() {
        EpochPeriod february = new EpochPeriod(EPOCH, new KeyPeriod(1535));

        EpochPeriod march = new EpochPeriod(EPOCH, new KeyPeriod(1536));

        assertThat(PeriodWindow.sinceRegistration(List.of(february), Instant.parse("2026-02-28T23:59:59.999Z")))
                .containsExactly(february);
        assertThat(PeriodWindow.sinceRegistration(List.of(february, march), Instant.parse("2026-03-01T00:00:00Z")))
                .containsExactly(march);
        refuses(
                KmsErrorCode.KEY_PERIOD_UNAVAILABLE,
                () -> PeriodWindow.sinceRegistration(List.of(february), Instant.parse("2026-03-01T00:00:00Z")));
    }

    @Test
    void aWindowIsNotNegative() {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> new PeriodWindow(Duration.ofSeconds(-1), 1));
        assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> new PeriodWindow(Duration.ZERO, -1));
    }
}
