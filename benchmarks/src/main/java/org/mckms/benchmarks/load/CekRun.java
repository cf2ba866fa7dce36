package org.mckms.benchmarks.load;

import jakarta.json.Json;
import jakarta.json.JsonWriter;
import jakarta.json.stream.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.mckms.benchmarks.report.Machine;

/**
 * Has users of a running server of a development home start and end SIP sessions, plays the MC server that their keys are pushed to,
 * and writes {@code cek.txt} and {@code cek.json}; started by {@code benchmarks/cek}. The exit code is 1 if something went wrong
 * and 2 for wrong use.
 */
public final class CekRun {
    private static final int FAILED = 1;
    private static final int WRONG_USE = 2;
    private static final int USERS = 1_000;
    /** Sessions of a piece of the warm-up; smaller ones end it before all that is used is compiled. */
    private static final int PIECE = 15_000;

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long POLL_MILLIS = 50;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final CekSettings settings;
    private final CekOperators operators;
    private final PushReceiver receiver;
    private final CekUsers users;

    private CekRun(CekSettings settings) throws IOException, GeneralSecurityException, InterruptedException {
        Path home = settings.home();
        Properties ofServer = HomeFiles.properties(home.resolve("kms.properties"));
        Properties endpoints = HomeFiles.properties(home.resolve("endpoints.properties"));
        String kmsUri = ofServer.getProperty("kms.uri");
        String mcServer = ofServer.getProperty("kms.cek.server");
        String mcServerUri = ofServer.getProperty("kms.server." + mcServer + ".uri");
        int adminPort = HomeFiles.port(endpoints, "admin");
        this.settings = settings;
        this.operators = new CekOperators(home, adminPort);
        this.receiver = new PushReceiver(
                URI.create(ofServer.getProperty("kms.server." + mcServer + ".cek-url")),
                mcServerUri,
                kmsUri,
                operators.register(mcServerUri),
                LoadTls.listener(home, mcServer));
        this.users = new CekUsers(
                LoadTls.anonymous(home),
                kmsUri,
                HomeFiles.port(endpoints, "kms"),
                new Registration(home, adminPort, TestIdm.of(home, ofServer)).register(USERS),
                settings.connections());
    }

    public static void main(String... arguments) throws GeneralSecurityException, InterruptedException {
        CekSettings settings;
        try {
            settings = CekSettings.of(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println("error: " + e.getMessage());
            System.exit(WRONG_USE);
            return;
        }
        try {
            write(settings, new CekRun(settings).run());
        } catch (IOException e) {
            System.err.println("error: " + e.getMessage());
            System.exit(FAILED);
        }
    }

    private CekReport run() throws IOException, InterruptedException {
        try (receiver) {
            receiver.up();
            warmUp();
            System.err.println("Making " + settings.keys() + " keys ...");
            Made made = made();
            System.err.printf(
                    "Made %.0f a second, %.2f ms of server processor time each%n",
                    settings.keys() * 1e9 / made.made().toNanos(),
                    made.processorTime().toNanos() / 1e6 / settings.keys());
            System.err.println("Ending them while the MC server is away, and bringing it back ...");
            Drained drained = drained();
            settle();
            System.err.println("Starting and ending " + settings.sessions() + " sessions within a minute ...");
            Ran ran = ran();
            return new CekReport(Machine.here(), serverVersion(), result(made, drained, ran));
        }
    }

    /** Starts and ends sessions in pieces, until the server needs no less processor time for a piece than before. */
    private void warmUp() throws IOException, InterruptedException {
        int sessions = Math.min(PIECE, settings.keys());
        WarmUp warmUp = new WarmUp();
        while (warmUp.goesOn()) {
            Duration before = ServerSample.processorTime(settings.server());
            users.startAndEnd("warm-" + warmUp.pieces(), sessions, 0);
            await("all is delivered", () -> operators.deliveries() == 0);
            Duration took = ServerSample.processorTime(settings.server()).minus(before);
            warmUp.took(took);
            System.err.printf(
                    "Warming up: %d sessions, %.2f ms of server processor time each%n",
                    sessions, took.toNanos() / 1e6 / sessions);
        }
    }

    private CekResult result(Made made, Drained drained, Ran ran) {
        return new CekResult(
                settings.keys(),
                made.made(),
                made.told(),
                made.pushes(),
                made.processorTime(),
                made.times(),
                drained.queued(),
                drained.took(),
                drained.processorTime(),
                settings.sessions(),
                ran.ran(),
                ran.settled(),
                ran.forgotten(),
                ran.times(),
                users.notServed(),
                ran.heapBefore(),
                ran.heapAfter());
    }

    private String serverVersion() throws IOException, InterruptedException {
        return ServerSample.jcmd(settings.server(), "VM.version")
                .lines()
                .skip(1)
                .findFirst()
                .orElse("unknown");
    }

    private record Made(Duration made, Duration told, long pushes, Duration processorTime, Histogram times) {}

    private Made made() throws IOException, InterruptedException {
        long pushesBefore = receiver.pushes();
        Duration before = ServerSample.processorTime(settings.server());
        long begin = System.nanoTime();
        Histogram times = users.start("made", settings.keys());
        Duration made = since(begin);
        await("the MC server has all keys", () -> receiver.held() >= settings.keys() && operators.deliveries() == 0);
        Duration told = since(begin);
        Duration used = ServerSample.processorTime(settings.server()).minus(before);
        return new Made(made, told, receiver.pushes() - pushesBefore, used, times);
    }

    private record Drained(long queued, Duration took, Duration processorTime) {}

    /** Each key ends by the log-off of its user, so each is one change that waits. */
    private Drained drained() throws IOException, InterruptedException {
        receiver.down();
        users.logOff();
        long queued = operators.deliveries();
        long pushes = receiver.pushes();
        receiver.up();
        await("the first push", () -> receiver.pushes() > pushes);
        Duration before = ServerSample.processorTime(settings.server());
        long begin = System.nanoTime();
        await("all is delivered", () -> operators.deliveries() == 0);
        Duration took = since(begin);
        return new Drained(
                queued, took, ServerSample.processorTime(settings.server()).minus(before));
    }

    private record Ran(
            Duration ran, Duration settled, Duration forgotten, Histogram times, long heapBefore, long heapAfter) {}

    private Ran ran() throws IOException, InterruptedException {
        long heapBefore = heap();
        long begin = System.nanoTime();
        Histogram times = users.startAndEnd("session", settings.sessions(), MINUTE.toNanos() / settings.sessions());
        Duration ran = since(begin);
        await("all is delivered", () -> operators.deliveries() == 0);
        Duration settled = since(begin);
        settle();
        Duration forgotten = since(begin).minus(ran);
        return new Ran(ran, settled, forgotten, times, heapBefore, heap());
    }

    private long heap() throws IOException, InterruptedException {
        ServerSample.jcmd(settings.server(), "GC.run");
        return ServerSample.take(settings.server(), Optional.empty(), 0).heapKiB();
    }

    /** Until the server has nothing left of any key, and the MC server neither. */
    private void settle() throws IOException, InterruptedException {
        await("no key is left", () -> operators.deliveries() == 0 && operators.keys() == 0 && receiver.held() == 0);
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    private static void await(String what, Condition condition) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        while (!condition.holds()) {
            if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new IOException("not within " + PATIENCE + ": " + what);
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private static void write(CekSettings settings, CekReport report) throws IOException {
        Path folder = Files.createDirectories(settings.results());
        String text = report.text();
        Files.writeString(folder.resolve("cek.txt"), text);
        try (Writer out = Files.newBufferedWriter(folder.resolve("cek.json"));
                JsonWriter json = Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true))
                        .createWriter(out)) {
            json.writeObject(report.json());
        }
        System.out.print(text);
    }
}
