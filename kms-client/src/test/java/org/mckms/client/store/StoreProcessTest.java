package org.mckms.client.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.TestDomain;
import org.mckms.client.store.ClientStoreException.Fault;

/** A key store and a process that is killed while it writes. */
class StoreProcessTest {
    private static final int KILLS = 3;

    @TempDir
    private Path folder;

    @Test
    void losesNoWriteThatReturnedWhenTheProcessIsKilled() throws Exception {
        Path file = folder.resolve("store.keys");
        ClientKeyStore.create(
                        file,
                        TestKeys.storeKey(7),
                        new StoreOwner(TestDomain.KMS_URI, TestDomain.ALICE, "phone"),
                        new SecureRandom())
                .close();
        for (int i = 0; i < KILLS; i++) {
            long reported = killedWhileWriting(file);
            try (ClientKeyStore store = ClientKeyStore.open(file, TestKeys.storeKey(7), new SecureRandom())) {
                assertThat(store.generation()).isBetween(reported, reported + 1);
                assertThat(store.baseUrls()).containsExactly("https://kms/" + store.generation());
            }
        }
    }

    private long killedWhileWriting(Path file) throws Exception {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(writer.getInputStream(), StandardCharsets.US_ASCII))) {
            long first = Long.parseLong(out.readLine());
            ClientStoreException refused = catchThrowableOfType(
                    ClientStoreException.class,
                    () -> ClientKeyStore.open(file, TestKeys.storeKey(7), new SecureRandom()));
            assertThat(refused.fault()).isEqualTo(Fault.IN_USE);
            long reported = first;
            while (reported < first + 20) {
                reported = Long.parseLong(out.readLine());
            }
            writer.toHandle().destroyForcibly();
            return lastOf(out, reported);
        } finally {
            writer.toHandle().destroyForcibly();
            assertThat(writer.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** What was still on its way when the process died; the last line may be cut. */
    private static long lastOf(BufferedReader out, long reported) throws IOException {
        long last = reported;
        for (String line = out.readLine();
                line != null && line.length() >= Long.toString(last).length();
                line = out.readLine()) {
            last = Long.parseLong(line);
        }
        return last;
    }

    /** Writes without end and says after each write which generation is on the disk. */
    static final class Writer {
        private Writer() {}

        @SuppressWarnings("SystemOut")
        public static void main(String[] arguments) {
            try (ClientKeyStore store =
                    ClientKeyStore.open(Path.of(arguments[0]), TestKeys.storeKey(7), new SecureRandom())) {
                while (true) {
                    store.change(edit -> edit.baseUrls(List.of("https://kms/" + (store.generation() + 1))));
                    System.out.println(store.generation());
                }
            }
        }
    }
}
