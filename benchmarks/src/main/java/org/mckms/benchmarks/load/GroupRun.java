package org.mckms.benchmarks.load;

import jakarta.json.Json;
import jakarta.json.JsonObject;
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
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.mckms.benchmarks.report.Machine;

/**
 * Makes groups on a running server of a development home, re-keys them, and writes {@code group.txt} and {@code group.json};
 * started by {@code benchmarks/group}. The exit code is 1 if something went wrong and 2 for wrong use.
 */
public final class GroupRun {
    private static final int FAILED = 1;
    private static final int WRONG_USE = 2;
    private static final int MEMBERS_OF_A_CALL = 1_000;
    private static final int WARM_UP_MEMBERS = 500;
    private static final int WARM_UP_ROUNDS = 6;
    private static final String FIRST_GROUP = "sip:bench-first@example.org";
    private static final String FIRST_MEMBER = "sip:bench-listener@example.org";

    private final GroupSettings settings;
    private final SSLContext tls;
    private final int port;
    private final GroupManager manager;
    private final List<Supplier<byte[]>> interactive;

    private GroupRun(GroupSettings settings) throws IOException, GeneralSecurityException, InterruptedException {
        Properties ofServer = HomeFiles.properties(settings.home().resolve("kms.properties"));
        Properties endpoints = HomeFiles.properties(settings.home().resolve("endpoints.properties"));
        TestIdm idm = TestIdm.of(settings.home(), ofServer);
        this.settings = settings;
        this.tls = LoadTls.anonymous(settings.home());
        this.port = HomeFiles.port(endpoints, "kms");
        String token = idm.groupToken(ofServer.getProperty("gms.managers").split("[,\\s]+")[0]);
        this.manager = new GroupManager(tls, port, token);
        Device device = new Registration(settings.home(), HomeFiles.port(endpoints, "admin"), idm)
                .register(1)
                .get(0);
        LoadTarget keyManagement = new LoadTarget(ofServer.getProperty("kms.uri"), port);
        String listener = idm.groupToken(FIRST_MEMBER);
        String group = GroupManager.segment(FIRST_GROUP);
        this.interactive = List.of(
                () -> device.request(keyManagement, Clock.systemUTC()),
                () -> GroupManager.request("GET", "/gktps/" + group, port, listener, ""),
                () -> GroupManager.request("GET", "/groups/" + group, port, token, ""));
    }

    public static void main(String... arguments) throws GeneralSecurityException, InterruptedException {
        GroupSettings settings;
        try {
            settings = GroupSettings.of(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println("error: " + e.getMessage());
            System.exit(WRONG_USE);
            return;
        }
        try {
            write(settings, new GroupRun(settings).run());
        } catch (IOException e) {
            System.err.println("error: " + e.getMessage());
            System.exit(FAILED);
        }
    }

    private GroupReport run() throws IOException, InterruptedException {
        System.err.println("Waiting for the GMS ...");
        manager.makeFirst(FIRST_GROUP, FIRST_MEMBER);
        warmUp();
        List<GroupResult> results = new ArrayList<>();
        for (int size : settings.sizes()) {
            for (List<String> uses : List.of(List.of("media", "floor"), List.of("media"))) {
                GroupResult result = measured(size, uses);
                System.err.print(GroupReport.row(result));
                results.add(result);
            }
        }
        String server = ServerSample.jcmd(settings.server(), "VM.version")
                .lines()
                .skip(1)
                .findFirst()
                .orElse("unknown");
        manager.close();
        return new GroupReport(Machine.here(), server, results);
    }

    /** So that what is measured is the work, and not the compiler of the JVM. */
    private void warmUp() throws IOException, InterruptedException {
        System.err.println("Warming up ...");
        String uri = "sip:bench-warm@example.org";
        made(uri, WARM_UP_MEMBERS, List.of("media", "floor"));
        try (InteractiveUsers users = new InteractiveUsers(tls, port, interactive)) {
            for (int round = 0; round < WARM_UP_ROUNDS; round++) {
                manager.rekey(uri);
            }
            users.end();
        }
    }

    private void made(String uri, int size, List<String> uses) throws IOException, InterruptedException {
        manager.make(uri, uses);
        for (int first = 0; first < size; first += MEMBERS_OF_A_CALL) {
            manager.join(
                    uri,
                    IntStream.range(first, Math.min(first + MEMBERS_OF_A_CALL, size))
                            .mapToObj(number -> "sip:member-" + number + "@example.org")
                            .toList());
        }
    }

    private GroupResult measured(int size, List<String> uses) throws IOException, InterruptedException {
        String uri = "sip:bench-" + size + "-" + uses.size() + "@example.org";
        System.err.println("Making a group of " + size + " members with " + uses.size() + " keys ...");
        made(uri, size, uses);
        ServerSample.jcmd(settings.server(), "GC.run");
        long idle = ServerSample.take(settings.server(), Optional.empty(), 0).heapKiB();
        GcLog log = new GcLog(settings.gcLog());
        int lines = log.lines();
        try (InteractiveUsers users = new InteractiveUsers(tls, port, interactive)) {
            System.err.println("Re-keying ...");
            Duration before = ServerSample.processorTime(settings.server());
            long begin = System.nanoTime();
            JsonObject job = manager.rekey(uri);
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            Duration used = ServerSample.processorTime(settings.server()).minus(before);
            InteractiveUsers.Result met = users.end();
            GcLog.Heap heap = log.since(lines);
            long ready = manager.ready(uri);
            if (ready != (long) size * uses.size()) {
                throw new IOException(ready + " messages are ready to fetch after " + job);
            }
            return new GroupResult(size, uses.size(), took, used, idle, heap, met);
        }
    }

    private static void write(GroupSettings settings, GroupReport report) throws IOException {
        Path folder = Files.createDirectories(settings.results());
        String text = report.text();
        Files.writeString(folder.resolve("group.txt"), text);
        try (Writer out = Files.newBufferedWriter(folder.resolve("group.json"));
                JsonWriter json = Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true))
                        .createWriter(out)) {
            json.writeObject(report.json());
        }
        System.out.print(text);
    }
}
