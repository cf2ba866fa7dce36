package org.mckms.benchmarks.load;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.mckms.protocol.cek.CekEnd;
import org.mckms.protocol.cek.CekOrder;
import org.mckms.protocol.cek.RequestExtension;

/** Users who start and end SIP sessions, over some connections with keep-alive; each request is signed by its user. */
final class CekUsers {
    private static final String ROOT = "/keymanagement/cek/v1";
    private static final int OK = 200;
    private static final int NOT_NOW = 503;
    private static final int ATTEMPTS = 20;
    private static final long PAUSE_MILLIS = 200;

    private final SSLContext tls;
    private final String kmsUri;
    private final int port;
    private final List<Device> devices;
    private final int connections;
    private final AtomicLong notServed = new AtomicLong();

    /** @param connections at work at once */
    CekUsers(SSLContext tls, String kmsUri, int port, List<Device> devices, int connections) {
        this.tls = tls;
        this.kmsUri = kmsUri;
        this.port = port;
        this.devices = List.copyOf(devices);
        this.connections = connections;
    }

    /** What one of them does with a number, which stands for a session. */
    @FunctionalInterface
    private interface Act {
        void with(KeptConnection connection, int number) throws IOException, InterruptedException;
    }

    /**
     * Orders the keys of sessions, one after the other on each connection.
     *
     * @return times of the requests
     */
    Histogram start(String name, int sessions) throws IOException, InterruptedException {
        return all(sessions, 0, (connection, number) -> start(connection, name, number));
    }

    /** Starts sessions at an even pace, and ends each as soon as it has a key. */
    Histogram startAndEnd(String name, int sessions, long paceNanos) throws IOException, InterruptedException {
        return all(sessions, paceNanos, (connection, number) -> {
            start(connection, name, number);
            end(connection, device(number), CekEnd.ofSession(session(name, number)));
        });
    }

    /** All users log off. */
    void logOff() throws IOException, InterruptedException {
        all(devices.size(), 0, (connection, number) -> end(connection, device(number), CekEnd.ofUser()));
    }

    private Device device(int number) {
        return devices.get(number % devices.size());
    }

    private static String session(String name, int number) {
        return name + "-" + number;
    }

    private void start(KeptConnection connection, String name, int number) throws IOException, InterruptedException {
        Device device = device(number);
        ask(
                connection,
                device,
                "/" + GroupManager.segment(device.userUri()),
                new CekOrder(Optional.of(session(name, number)), Optional.empty()));
    }

    private void end(KeptConnection connection, Device device, CekEnd end) throws IOException, InterruptedException {
        ask(connection, device, "/ends", end);
    }

    /** A server that cannot serve now is asked again, as clients do. */
    private void ask(KeptConnection connection, Device device, String resource, RequestExtension extension)
            throws IOException, InterruptedException {
        LoadTarget target = new LoadTarget(kmsUri, port, ROOT + resource);
        for (int attempt = 1; ; attempt++) {
            int status = connection
                    .exchange(device.request(target, Clock.systemUTC(), extension))
                    .status();
            if (status == OK) {
                return;
            }
            if (status != NOT_NOW || attempt == ATTEMPTS) {
                throw new IOException(resource + " was answered with " + status);
            }
            notServed.incrementAndGet();
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    /** Requests so far that were answered with 503 and made again. */
    long notServed() {
        return notServed.get();
    }

    private Histogram all(int count, long paceNanos, Act act) throws IOException, InterruptedException {
        AtomicInteger next = new AtomicInteger();
        long begin = System.nanoTime();
        List<Working> working = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            Working one = new Working(() -> taken(next, count, begin, paceNanos), act);
            one.thread.start();
            working.add(one);
        }
        Histogram times = new Histogram();
        for (Working one : working) {
            one.thread.join();
            if (one.failure != null) {
                throw new IOException("a user failed: " + one.failure.getMessage(), one.failure);
            }
            times.add(one.times);
        }
        return times;
    }

    /** The next number, when its time has come; -1 after the last. */
    private static int taken(AtomicInteger next, int count, long begin, long paceNanos) throws InterruptedException {
        int number = next.getAndIncrement();
        if (number >= count) {
            return -1;
        }
        TimeUnit.NANOSECONDS.sleep(begin + number * paceNanos - System.nanoTime());
        return number;
    }

    @FunctionalInterface
    private interface Numbers {
        int take() throws InterruptedException;
    }

    private final class Working {
        private final Numbers numbers;
        private final Act act;
        private final Histogram times = new Histogram();
        private final Thread thread = new Thread(this::run);
        private Exception failure;

        Working(Numbers numbers, Act act) {
            this.numbers = numbers;
            this.act = act;
        }

        private void run() {
            try (KeptConnection connection = new KeptConnection(tls, port)) {
                for (int number = numbers.take(); number >= 0; number = numbers.take()) {
                    long begin = System.nanoTime();
                    act.with(connection, number);
                    times.add(System.nanoTime() - begin);
                }
            } catch (IOException | InterruptedException | RuntimeException e) {
                failure = e;
            }
        }
    }
}
