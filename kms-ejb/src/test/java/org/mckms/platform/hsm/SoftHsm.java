package org.mckms.platform.hsm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The SoftHSM token that the build makes under {@code target} before integration tests. The environment variable that
 * names it cannot change within a process, and a library that lost a token never finds it again: so every test gets the
 * token as it was made, and every server in a test a library file of its own.
 */
public final class SoftHsm {

    public static final String LABEL = "kms-ejb-it";

    private static final AtomicInteger LIBRARIES = new AtomicInteger();

    private static Path library;

    private final Path directory;
    private final Path tokens;
    private final Path away;

    private SoftHsm(Path directory) {
        this.directory = directory;
        this.tokens = directory.resolve("tokens");
        this.away = directory.resolve("tokens.away");
    }

    /** The token as the build made it, without keys. */
    public static SoftHsm asMade() {
        String configuration = System.getenv("SOFTHSM2_CONF");
        if (configuration == null) {
            throw new IllegalStateException("SOFTHSM2_CONF is not set: run this test by mvn verify");
        }
        SoftHsm hsm = new SoftHsm(Path.of(configuration).getParent());
        Path pristine = hsm.directory.resolve("tokens.pristine");
        if (!Files.exists(pristine)) {
            copyTree(hsm.tokens, pristine);
        }
        deleteTree(hsm.away);
        deleteTree(hsm.tokens);
        copyTree(pristine, hsm.tokens);
        return hsm;
    }

    /** Settings with a library that no other server of this process uses. */
    public HsmSettings settings(String tokenLabel, LeasePolicy lease) {
        return new HsmSettings(
                ownLibrary(),
                0,
                tokenLabel,
                Duration.ofSeconds(20),
                lease,
                RecoverySettings.withLadder(List.of(RecoveryStep.values())));
    }

    /** A fresh array with the PIN. */
    public char[] pin() {
        try {
            return Files.readString(directory.resolve("pin"), StandardCharsets.US_ASCII)
                    .strip()
                    .toCharArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void takeAway() {
        move(tokens, away);
    }

    public void bringBack() {
        move(away, tokens);
    }

    /** Leaves a directory without any token. */
    public void removeToken() {
        deleteTree(tokens);
        try {
            Files.createDirectory(tokens);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens the token past any vault, by a library of its own. */
    public Token openForTest() {
        HsmSettings settings = settings(LABEL, LeasePolicy.DEFAULT);
        return new Pkcs11TokenOpener(settings, "").open(RecoveryStep.PROVIDER, pin());
    }

    private Path ownLibrary() {
        try {
            Path libraries = Files.createDirectories(directory.resolve("libraries"));
            Path own = libraries.resolve("softhsm-" + LIBRARIES.incrementAndGet() + ".so");
            return Files.copy(library(), own, StandardCopyOption.REPLACE_EXISTING)
                    .toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The library, found by the script that also serves installations. */
    static synchronized Path library() {
        if (library == null) {
            library = findLibrary();
        }
        return library;
    }

    private static Path findLibrary() {
        try {
            Process script = new ProcessBuilder(System.getProperty("kms.root") + "/hsm-config/find-softhsm")
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String path = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!script.waitFor(30, TimeUnit.SECONDS) || script.exitValue() != 0) {
                throw new IllegalStateException("find-softhsm found no library");
            }
            return Path.of(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copyTree(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void deleteTree(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
