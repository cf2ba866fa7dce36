package org.mckms.client.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mckms.client.group.TwoDomains.ALICE;
import static org.mckms.client.group.TwoDomains.GMS;
import static org.mckms.client.group.TwoDomains.GROUP;
import static org.mckms.client.group.TwoDomains.HOME;
import static org.mckms.client.group.TwoDomains.NOW;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.TestPki;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.mikey.KeyPurpose;
import org.mckms.protocol.group.ReceptionFault;

class RecentMessagesTest {
    private static final TestPki PKI = new TestPki();

    @TempDir
    private Path folder;

    private TwoDomains world;
    private TestMember alice;
    private RecentMessages recent;

    @BeforeEach
    void begin() throws Exception {
        world = new TwoDomains(PKI, folder);
        alice = world.home(ALICE);
        recent = new RecentMessages(2, world.clock);
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void letsAMessageThroughOnce() {
        Octets message = GMS.message(TestGroupKey.gmk(1, GROUP), ALICE, HOME, NOW);
        try (OpenedMessage first = alice.opening().open(message, expected());
                OpenedMessage atTheSameTime = alice.opening().open(message, expected())) {
            assertThat(recent.remember(first)).isTrue();
            assertThat(recent.remember(atTheSameTime)).isFalse();
        }
        assertThatThrownBy(() -> alice.opening().open(message, expected()))
                .isInstanceOfSatisfying(
                        ReceptionException.class, e -> assertThat(e.fault()).isEqualTo(ReceptionFault.REPLAYED));
    }

    @Test
    void forgetsWhatIsTooOldAnywayAndNothingElse() {
        try (OpenedMessage first = open(1, NOW);
                OpenedMessage second = open(2, NOW.plusSeconds(1));
                OpenedMessage third = open(3, NOW.plusSeconds(2))) {
            recent.remember(first);
            recent.remember(second);
            world.clock.set(NOW.plusSeconds(300));
            assertThatThrownBy(() -> recent.remember(third)).isInstanceOf(IllegalStateException.class);
            assertThat(recent.contains(first.digest())).isTrue();

            world.clock.set(NOW.plusSeconds(301));
            assertThat(recent.remember(third)).isTrue();
            assertThat(recent.contains(first.digest())).isFalse();
            assertThat(recent.contains(second.digest())).isTrue();
        }
    }

    private OpenedMessage open(int n, Instant time) {
        return alice.opening().open(GMS.message(TestGroupKey.gmk(n, GROUP), ALICE, HOME, time), expected());
    }

    private ExpectedMessage expected() {
        return new ExpectedMessage(Set.of(KeyPurpose.GMK), Set.of(GMS.sender()), MessageWindow.INTERACTIVE, recent);
    }
}
