package org.mckms.client.cek;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mckms.client.cek.TestCek.NOW;
import static org.mckms.client.cek.TestCek.SERVER;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.group.GroupKeyStore;
import org.mckms.client.store.ClientStoreException;
import org.mckms.client.store.ClientStoreException.Fault;
import org.mckms.client.store.RollbackGuard;
import org.mckms.client.store.TestKeys;
import org.mckms.protocol.cek.CekList;
import org.mckms.protocol.cek.CekStatus;
import org.mckms.protocol.smime.ContentEncryptionKey;

/** The file of content encryption keys: damage, copies put back, several threads and processes, and deaths. */
class CekStoreTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final CekRules RULES = new CekRules(NOW, Duration.ofSeconds(60), user -> true);
    private static final int KILLS = 3;
    private static final int WRITES_BEFORE_DEATH = 20;

    @TempDir
    private Path folder;

    @Test
    void holdsNoKeyInClear() throws Exception {
        try (CekKeys keys = create()) {
            take(keys, TestCek.of(1));
        }
        byte[] octets = Files.readAllBytes(file());
        assertThat(new String(octets, 0, 8, StandardCharsets.US_ASCII)).isEqualTo("MCKMSCEK");
        assertThat(HexFormat.of().formatHex(octets)).doesNotContain("8181", "01010101");
        assertThat(Files.getPosixFilePermissions(file())).hasSize(2);
    }

    @Test
    void refusesEveryAlteredOctetAndEveryCut() throws Exception {
        try (CekKeys keys = create()) {
            take(keys, TestCek.of(1));
        }
        byte[] good = Files.readAllBytes(file());
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 0x01;
            Files.write(file(), bad);
            assertFault(List.of(Fault.DAMAGED, Fault.LATER_FORMAT, Fault.WRONG_KEY), this::open);
            Files.write(file(), Arrays.copyOf(good, i));
            assertFault(List.of(Fault.DAMAGED), this::open);
        }
        Files.write(file(), good);
        open().close();
    }

    @Test
    void isNotTakenForAnotherKindOfStore() {
        create().close();
        assertFault(List.of(Fault.DAMAGED), () -> GroupKeyStore.open(file(), TestKeys.storeKey(7), RANDOM));
    }

    @Test
    void noticesACopyPutBack() throws Exception {
        AtomicLong counter = new AtomicLong();
        RollbackGuard guard = new RollbackGuard() {
            @Override
            public long lowest() {
                return counter.get();
            }

            @Override
            public void raise(long generation) {
                counter.set(generation);
            }
        };
        byte[] old;
        try (CekKeys keys = CekKeys.create(file(), TestKeys.storeKey(7), CekOwner.server(SERVER), RANDOM, guard)) {
            take(keys, TestCek.of(1));
            old = Files.readAllBytes(file());
            take(keys, TestCek.of(1).revision(2).status(CekStatus.REVOKED));
            byte[] last = Files.readAllBytes(file());
            Files.write(file(), old);
            assertFault(List.of(Fault.ROLLED_BACK), () -> take(keys, TestCek.of(2)));
            assertThat(keys.keys()).isEmpty();
            Files.write(file(), last);
        }
        CekKeys.open(file(), TestKeys.storeKey(7), RANDOM, guard).close();
        Files.write(file(), old);

        assertFault(List.of(Fault.ROLLED_BACK), () -> CekKeys.open(file(), TestKeys.storeKey(7), RANDOM, guard));
    }

    @Test
    void isOpenOnlyOnce() {
        try (CekKeys keys = create()) {
            assertThat(keys.keys()).isEmpty();
            assertFault(List.of(Fault.IN_USE), this::open);
        }
        open().close();
        assertFault(List.of(Fault.EXISTS), this::create);
    }

    @Test
    void getsAnotherKey() {
        try (CekKeys keys = create()) {
            take(keys, TestCek.of(1));
            keys.changeKey(TestKeys.storeKey(8));
        }
        assertFault(List.of(Fault.WRONG_KEY), this::open);
        try (CekKeys keys = CekKeys.open(file(), TestKeys.storeKey(8), RANDOM)) {
            assertThat(keys.keys()).hasSize(1);
        }
    }

    @Test
    void servesThreadsThatTakeSealAndEndAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (CekKeys keys = create()) {
            take(keys, TestCek.of(1).messages(1600));
            List<Callable<Integer>> work = new ArrayList<>();
            for (int thread = 0; thread < 2; thread++) {
                int first = 10 + 40 * thread;
                work.add(() -> {
                    for (int i = first; i < first + 40; i++) {
                        take(keys, TestCek.of(i).session("s-" + i));
                        int number = i;
                        keys.end(key -> key.keyId().equals(TestCek.keyId(number)), RULES);
                    }
                    return 0;
                });
                work.add(() -> {
                    for (int i = 0; i < 400; i++) {
                        try (ContentEncryptionKey key = keys.sealing(CekScope.of(TestCek.ALICE), NOW)) {
                            assertThat(key.<String>use(HexFormat.of()::formatHex))
                                    .isEqualTo("81".repeat(32));
                        }
                    }
                    return 0;
                });
            }
            for (Future<Integer> done : threads.invokeAll(work)) {
                done.get(60, TimeUnit.SECONDS);
            }
            assertThat(keys.keys()).extracting(CekDetails::keyId).containsExactly(TestCek.keyId(1));
            for (int i = 0; i < 800; i++) {
                assertThat(keys.due(NOW)).isEmpty();
                keys.sealing(CekScope.of(TestCek.ALICE), NOW).close();
            }
            assertThat(keys.due(NOW)).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void losesNothingThatItSaidItStoredWhenTheProcessIsKilled() throws Exception {
        create().close();
        for (int i = 0; i < KILLS; i++) {
            int reported = killedWhileTaking();
            try (CekKeys keys = open()) {
                assertThat(keys.keys().size()).isBetween(reported, reported + 1);
                assertThat(keys.keys())
                        .extracting(CekDetails::keyId)
                        .containsAll(IntStream.rangeClosed(1, reported)
                                .mapToObj(TestCek::keyId)
                                .toList());
            }
        }
    }

    /** How many keys the process said it stored before it died. */
    private int killedWhileTaking() throws Exception {
        Process taker = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Taker.class.getName(),
                        file().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(taker.getInputStream(), StandardCharsets.US_ASCII))) {
            int reported = out.readLine().length();
            assertFault(List.of(Fault.IN_USE), this::open);
            for (int i = 1; i < WRITES_BEFORE_DEATH; i++) {
                reported = out.readLine().length();
            }
            taker.toHandle().destroyForcibly();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                reported = Math.max(reported, line.length());
            }
            return reported;
        } finally {
            taker.toHandle().destroyForcibly();
            assertThat(taker.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Takes one key after the other and says after each how many are stored: a line of so many characters. */
    static final class Taker {
        private Taker() {}

        @SuppressWarnings("SystemOut")
        public static void main(String[] arguments) {
            try (CekKeys keys = CekKeys.open(Path.of(arguments[0]), TestKeys.storeKey(7), new SecureRandom())) {
                for (int number = keys.keys().size() + 1; number < 250; number++) {
                    take(keys, TestCek.of(number));
                    System.out.println("x".repeat(number));
                }
            }
        }
    }

    private static void take(CekKeys keys, TestCek cek) {
        try (CekList list = TestCek.list(cek)) {
            assertThat(keys.take(list, RULES)).allMatch(item -> item.fault().isEmpty());
        }
    }

    private Path file() {
        return folder.resolve("server.ceks");
    }

    private CekKeys create() {
        return CekKeys.create(file(), TestKeys.storeKey(7), CekOwner.server(SERVER), RANDOM);
    }

    private CekKeys open() {
        return CekKeys.open(file(), TestKeys.storeKey(7), RANDOM);
    }

    private static void assertFault(List<Fault> faults, ThrowingCallable call) {
        ClientStoreException refused = catchThrowableOfType(ClientStoreException.class, call);
        assertThat(refused).isNotNull();
        assertThat(refused.fault()).isIn(faults);
    }
}
