package org.mckms.client.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mckms.client.ClientBench.ALICE;
import static org.mckms.client.ClientBench.FIRST;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.ClientBench;
import org.mckms.client.KmsClient;
import org.mckms.client.KmsUnreachableException;
import org.mckms.client.MutableClock;
import org.mckms.client.StubKms;
import org.mckms.client.StubServer;
import org.mckms.client.TestPki;
import org.mckms.client.TlsMaterial;
import org.mckms.protocol.security.ClientKeys;

/**
 * Rotation of TrK and InK with a death at every point: before and after every write of the key store, with every request
 * lost, with every answer lost; and each of these again after the restart. The client is served afterwards whatever
 * happened, since the KMS knows one of its pairs.
 */
class RotationCrashTest {
    private static TestPki pki;

    @TempDir
    private Path folder;

    private StubServer server;
    private TlsMaterial tls;
    private int files;

    @BeforeAll
    static void makeAuthority() {
        pki = new TestPki();
    }

    @BeforeEach
    void start() throws Exception {
        server = new StubServer(pki);
        tls = TlsMaterial.trusting(pki.writeAuthority(folder.resolve("ca.pem")));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void leavesTheClientServedWhereverItDies() {
        int points = steps();
        assertThat(points).isGreaterThanOrEqualTo(12);
        for (int first = 1; first <= points; first++) {
            World world = new World();
            world.livesUntil(first);
            world.isServedAfterARestart("death at " + first);
        }
    }

    @Test
    void leavesTheClientServedWhenItDiesTwice() {
        int points = steps();
        for (int first = 1; first <= points; first += 3) {
            for (int second = 2; second <= points; second += 4) {
                World world = new World();
                world.livesUntil(first);
                world.livesUntil(second);
                world.isServedAfterARestart("deaths at " + first + " and " + second);
            }
        }
    }

    @Test
    void leavesTheClientServedWhenRotationIsOrderedAgainAndAgain() {
        int points = steps();
        World world = new World();
        for (int round = 1; round <= 8; round++) {
            world.livesUntil(1 + round * 7 % points);
        }
        world.isServedAfterARestart("eight deaths");
        assertThat(world.kms.activePair()).isGreaterThan(2);
    }

    @Test
    void leavesOneFileOnly() throws IOException {
        new World().livesUntil(Integer.MAX_VALUE);

        try (var files = Files.list(folder)) {
            assertThat(files.map(each -> each.getFileName().toString()).toList())
                    .containsExactlyInAnyOrderElementsOf(List.of("ca.pem", "store-0.keys", "store-0.keys.lock"));
        }
    }

    /** The number of points in an undisturbed life. */
    private int steps() {
        World world = new World();
        world.livesUntil(Integer.MAX_VALUE);
        return world.steps;
    }

    /** One client, its store and its KMS. */
    private final class World {
        private final StubKms kms = new StubKms(ALICE, FIRST, new MutableClock(ClientBench.NOW));
        private final Path file = folder.resolve("store-" + files++ + ".keys");
        private volatile int steps;
        private volatile int deathAt;

        World() {
            server.answers(request -> {
                loseAt(++steps);
                StubServer.Reply reply = kms.apply(request);
                loseAt(++steps);
                return reply;
            });
            deathAt = Integer.MAX_VALUE;
            StoreOwner owner = new StoreOwner(ClientBench.KMS_URI, ALICE, "phone");
            try (ClientKeyStore store = ClientKeyStore.create(place(), TestKeys.storeKey(7), owner);
                    ClientKeys keys = TestKeys.clientKeys(1, ALICE)) {
                store.change(edit -> edit.registerKeys(keys));
            }
        }

        /** A life from start to a death: the KMS orders a rotation, and the client speaks with it four times. */
        void livesUntil(int step) {
            steps = 0;
            deathAt = step;
            try (ClientKeyStore store = ClientKeyStore.open(place(), TestKeys.storeKey(7))) {
                KmsClient client = client(store);
                client.init();
                kms.ordersRotation();
                for (int i = 0; i < 3; i++) {
                    client.init();
                }
            } catch (Death | KmsUnreachableException e) {
                assertThat(steps).isGreaterThanOrEqualTo(deathAt);
            }
        }

        void isServedAfterARestart(String what) {
            deathAt = Integer.MAX_VALUE;
            try (ClientKeyStore store = ClientKeyStore.open(place(), TestKeys.storeKey(7))) {
                KmsClient client = client(store);
                client.init();
                client.init();
                client.init();
                assertThat(kms.hasPending()).as(what).isFalse();
                assertThat(store.pendingKeys()).as(what).isEmpty();
                try (ClientKeys active = store.activeKeys().orElseThrow()) {
                    assertThat(active.signingKey().name()).as(what).isEqualTo("ink." + kms.activePair() + "." + ALICE);
                }
            }
        }

        private KmsClient client(ClientKeyStore store) {
            return KmsClient.of(store)
                    .tls(tls)
                    .addresses(server.address())
                    .tokens(() -> "token")
                    .clock(new MutableClock(ClientBench.NOW))
                    .build();
        }

        private SealedFile.Place place() {
            return new SealedFile.Place(file, new DyingFiles(), RollbackGuard.NONE, new SecureRandom());
        }

        /** The connection breaks, and the client dies without an answer. */
        private void loseAt(int step) {
            if (step >= deathAt) {
                throw new IllegalStateException("connection lost");
            }
        }

        private void step() {
            if (++steps >= deathAt) {
                throw new Death();
            }
        }

        /** Dies before and after each write. */
        private final class DyingFiles implements StoreFiles {
            private final StoreFiles real = new DurableFiles();

            @Override
            public byte[] read(Path from) throws IOException {
                return real.read(from);
            }

            @Override
            public void tidy(Path at) throws IOException {
                real.tidy(at);
            }

            @Override
            public void replace(Path to, byte[] content) throws IOException {
                step();
                real.replace(to, content);
                step();
            }
        }
    }

    /** The process ends here. */
    private static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }
}
