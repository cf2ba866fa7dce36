package org.mckms.benchmarks.load;

import jakarta.json.Json;
import jakarta.json.JsonWriter;
import jakarta.json.stream.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.mckms.benchmarks.report.Machine;
import org.mckms.protocol.codec.KmsResponseCodec;
import org.mckms.protocol.codec.ReceivedResponse;
import org.mckms.protocol.codec.ReceivingKeys;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.KmsInit;
import org.mckms.protocol.security.ClientKeys;

/**
 * Makes load on a running server of a development home and writes {@code load.txt} and {@code load.json}; started by
 * {@code benchmarks/load}. The exit code is 1 if a request went wrong and 2 for wrong use.
 */
public final class LoadRun {
    private static final int FAILED = 1;
    private static final int WRONG_USE = 2;
    private static final Duration SAMPLE_EVERY = Duration.ofSeconds(10);
    private static final String RECORDING = "load";

    private final LoadSettings settings;
    private final SSLContext tls;
    private final LoadTarget target;
    private final Phases phases = new Phases();
    private final List<Workload> workloads = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    private LoadRun(LoadSettings settings, LoadTarget target) throws IOException, GeneralSecurityException {
        this.settings = settings;
        this.tls = LoadTls.anonymous(settings.home());
        this.target = target;
    }

    public static void main(String... arguments) throws IOException, GeneralSecurityException, InterruptedException {
        LoadSettings settings;
        try {
            settings = LoadSettings.of(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println("error: " + e.getMessage());
            System.exit(WRONG_USE);
            return;
        }
        Properties ofServer = HomeFiles.properties(settings.home().resolve("kms.properties"));
        Properties endpoints = HomeFiles.properties(settings.home().resolve("endpoints.properties"));
        LoadTarget target = new LoadTarget(ofServer.getProperty("kms.uri"), HomeFiles.port(endpoints, "kms"));
        TestIdm idm = TestIdm.of(settings.home(), ofServer);
        System.err.println("Registering " + settings.clients() + " clients ...");
        List<Device> devices =
                new Registration(settings.home(), HomeFiles.port(endpoints, "admin"), idm).register(settings.clients());
        LoadResult result = new LoadRun(settings, target).run(devices);
        write(new LoadReport(Machine.here(), settings, result));
        if (result.tally().errorCount() + result.warmUpErrors() > 0) {
            System.exit(FAILED);
        }
    }

    private LoadResult run(List<Device> devices) throws IOException, GeneralSecurityException, InterruptedException {
        if (!settings.profile().isZero()) {
            prepareProfile();
        }
        KmsCertificate root = rootCertificate(devices.get(0));
        for (List<Device> hand : Workload.dealt(devices, settings.connections())) {
            workloads.add(new Workload(tls, target, hand, root, phases));
        }
        workloads.forEach(workload -> threads.add(new Thread(workload, "connection")));
        threads.forEach(Thread::start);
        System.err.println("Warming up for " + settings.warmUp().toSeconds() + " s ...");
        TimeUnit.NANOSECONDS.sleep(settings.warmUp().toNanos());
        System.err.println("Measuring for " + settings.duration().toSeconds() + " s ...");
        Measured measured = measured();
        Optional<LoadResult.Profiled> profile =
                settings.profile().isZero() ? Optional.empty() : Optional.of(profiled());
        phases.begin(Phases.Phase.OVER);
        for (Thread thread : threads) {
            thread.join();
        }
        return new LoadResult(
                serverName(),
                measured.length(),
                tally(Phases.Phase.MEASURED),
                tally(Phases.Phase.WARM_UP).errorCount(),
                measured.samples(),
                measured.threadMillis(),
                measured.tokenCalls(),
                measured.clientTime(),
                profile.map(p -> new LoadResult.Profiled(
                        p.profile(),
                        p.microsPerRequest()
                                / Math.max(1, tally(Phases.Phase.PROFILED).times.total()))));
    }

    private record Measured(
            Duration length,
            List<ServerSample> samples,
            Map<String, Long> threadMillis,
            Optional<TokenCalls> tokenCalls,
            Duration clientTime) {}

    private Measured measured() throws IOException, InterruptedException {
        List<ServerSample> samples = new ArrayList<>();
        TokenCalls callsBefore = tokenCalls();
        Map<String, Long> threadsBefore = ThreadTimes.of(settings.server());
        Duration clientBefore = ServerSample.processorTime(ProcessHandle.current());
        long begin = System.nanoTime();
        phases.begin(Phases.Phase.MEASURED);
        for (long second = 0; second < settings.duration().toSeconds(); second += SAMPLE_EVERY.toSeconds()) {
            samples.add(ServerSample.take(settings.server(), settings.shim(), second));
            long end = Math.min(
                    second + SAMPLE_EVERY.toSeconds(), settings.duration().toSeconds());
            TimeUnit.NANOSECONDS.sleep(begin + TimeUnit.SECONDS.toNanos(end) - System.nanoTime());
        }
        samples.add(ServerSample.take(
                settings.server(), settings.shim(), settings.duration().toSeconds()));
        Duration length = Duration.ofNanos(System.nanoTime() - begin);
        phases.begin(Phases.Phase.PROFILED);
        return new Measured(
                length,
                samples,
                difference(ThreadTimes.of(settings.server()), threadsBefore),
                settings.shim().isPresent() ? Optional.of(tokenCalls().since(callsBefore)) : Optional.empty(),
                ServerSample.processorTime(ProcessHandle.current()).minus(clientBefore));
    }

    /**
     * Records for a moment. The first recording of a process rewrites classes of the JDK, and JDK 17 then drops all compiled code: that
     * has to come before the code that counts is compiled.
     */
    private void prepareProfile() throws IOException, InterruptedException {
        ServerSample.jcmd(settings.server(), "JFR.start", "name=" + RECORDING, "settings=profile");
        ServerSample.jcmd(settings.server(), "JFR.stop", "name=" + RECORDING);
    }

    /** The processor time in the result is that of the whole phase; it is divided by its requests when their number is known. */
    private LoadResult.Profiled profiled() throws IOException, InterruptedException {
        System.err.println("Profiling for " + settings.profile().toSeconds() + " s ...");
        Path recording = settings.results().toAbsolutePath().resolve("load.jfr");
        ServerSample.jcmd(settings.server(), "JFR.start", "name=" + RECORDING, "settings=profile");
        Duration before = ServerSample.processorTime(settings.server());
        TimeUnit.NANOSECONDS.sleep(settings.profile().toNanos());
        Duration used = ServerSample.processorTime(settings.server()).minus(before);
        phases.begin(Phases.Phase.OVER);
        ServerSample.jcmd(settings.server(), "JFR.stop", "name=" + RECORDING, "filename=" + recording);
        return new LoadResult.Profiled(Profile.of(recording), used.toNanos() / 1e3);
    }

    private TokenCalls tokenCalls() throws IOException {
        return settings.shim().isPresent() ? TokenCalls.read(settings.shim().get()) : TokenCalls.NONE;
    }

    private static Map<String, Long> difference(Map<String, Long> after, Map<String, Long> before) {
        Map<String, Long> difference = new TreeMap<>();
        after.forEach((kind, millis) -> difference.put(kind, millis - before.getOrDefault(kind, 0L)));
        return difference;
    }

    private Workload.Tally tally(Phases.Phase phase) {
        Workload.Tally all = new Workload.Tally();
        workloads.forEach(workload -> all.add(workload.tally(phase)));
        return all;
    }

    private String serverName() throws IOException, InterruptedException {
        return ServerSample.jcmd(settings.server(), "VM.version")
                .lines()
                .skip(1)
                .findFirst()
                .orElse("unknown");
    }

    private KmsCertificate rootCertificate(Device device) throws IOException {
        try (KeptConnection connection = new KeptConnection(tls, target.port())) {
            KeptConnection.Answer answer = connection.exchange(device.request(target.init(), Clock.systemUTC()));
            // lends the keys of the device, which closes them
            ReceivingKeys keys =
                    ReceivingKeys.of(new ClientKeys(device.transportKey(), Optional.of(device.integrityKey())));
            try (ReceivedResponse received = KmsResponseCodec.read(answer.body(), keys)) {
                if (received.response().answer() instanceof KmsInit init) {
                    return init.certificate();
                }
                throw new IOException(
                        "init was answered with " + received.response().answer());
            }
        }
    }

    private static void write(LoadReport report) throws IOException {
        Path folder = Files.createDirectories(report.settings().results());
        String text = report.text();
        Files.writeString(folder.resolve("load.txt"), text);
        try (Writer out = Files.newBufferedWriter(folder.resolve("load.json"));
                JsonWriter json = Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true))
                        .createWriter(out)) {
            json.writeObject(report.json());
        }
        System.out.print(text);
    }
}
