package org.mckms.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The library of {@code hsm-config/pkcs11-shim} between a server and its token: it counts calls, and has faults that no
 * software token has.
 */
public final class TokenShim {
    private static final Path SOURCE = Path.of(System.getProperty("kms.root"), "hsm-config/pkcs11-shim");
    private static final Path BUILT = Path.of(System.getProperty("kms.it.work"), "pkcs11-shim");
    private static final Duration BUILD_LIMIT = Duration.ofSeconds(60);

    /** Octets of one record of the counts, see {@code calls.h}. */
    private static final int RECORD = 64;

    private static final int NAME = 40;

    private final Path dir;
    private final Path library;

    private TokenShim(Path dir, Path library) {
        this.dir = dir;
        this.library = library;
    }

    /** What the token does from now on. */
    public enum Fault {
        NONE,
        HANG,
        REMOVED,
        SESSION_INVALID,
        PIN_LOCKED
    }

    /** Puts the shim before the token of a home whose server was not started yet. */
    public static TokenShim before(KmsHome home) {
        Path dir = home.dir().resolve("shim");
        try {
            Files.createDirectories(BUILT);
            Files.createDirectories(dir);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + dir, e);
        }
        Tool.run(BUILD_LIMIT, "make", "--silent", "-C", SOURCE.toString(), "OUT=" + BUILT);
        TokenShim shim = new TokenShim(dir, Path.of(home.setting("kms.hsm.library")));
        home.set(Map.of("kms.hsm.library", BUILT.resolve("libpkcs11shim.so").toString()));
        return shim;
    }

    /** The server in whose process the shim works. */
    public KmsServer.Variant of(KmsServer.Variant server) {
        return server.withEnvironment(
                Map.of("PKCS11_SHIM_LIBRARY", library.toString(), "PKCS11_SHIM_DIR", dir.toString()));
    }

    public void order(Fault fault) {
        write("fault=" + fault.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /** Delays every call from now on. */
    public void slowBy(Duration delay) {
        write("delay-us=" + delay.toNanos() / 1000);
    }

    private void write(String line) {
        try {
            Path fresh = Files.writeString(dir.resolve("control.new"), line + "\n");
            Files.move(fresh, dir.resolve("control"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot give orders to the shim in " + dir, e);
        }
    }

    /** How often each function was called so far, calls that have not come back included. */
    public Map<String, Long> calls() {
        try {
            ByteBuffer counts =
                    ByteBuffer.wrap(Files.readAllBytes(dir.resolve("calls"))).order(ByteOrder.nativeOrder());
            Map<String, Long> calls = new TreeMap<>();
            for (int at = 0; at < counts.capacity(); at += RECORD) {
                byte[] name = new byte[NAME];
                counts.get(at, name);
                calls.put(new String(name, StandardCharsets.US_ASCII).trim(), counts.getLong(at + NAME));
            }
            return calls;
        } catch (IOException e) {
            throw new UncheckedIOException("the shim in " + dir + " has counted nothing", e);
        }
    }

    /** How often a PIN was tried. */
    public long logins() {
        return calls().get("C_Login");
    }
}
