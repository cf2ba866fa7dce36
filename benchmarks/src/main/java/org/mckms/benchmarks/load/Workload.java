package org.mckms.benchmarks.load;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import org.mckms.benchmarks.load.AnswerCheck.WrongAnswerException;
import org.mckms.benchmarks.load.KeptConnection.Answer;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.EccsiKeyCheck;
import org.mckms.mikeysakke.eccsi.PublicValidationToken;
import org.mckms.mikeysakke.eccsi.SecretSigningKey;
import org.mckms.mikeysakke.sakke.ReceiverSecretKey;
import org.mckms.mikeysakke.sakke.SakkeKeyCheck;
import org.mckms.protocol.message.KmsCertificate;

/** One connection: its clients ask one after the other, each request as soon as the answer before was checked. */
final class Workload implements Runnable {
    /** One answer of so many is checked by pairing. */
    private static final int PAIRING_EVERY = 100;

    private final SSLContext tls;
    private final LoadTarget target;
    private final List<Device> devices;
    private final KmsCertificate root;
    private final Phases phases;
    private final Map<String, Octets> keysSeen = new HashMap<>();
    private final Map<Phases.Phase, Tally> tallies = new HashMap<>();
    private int next;

    /** What one connection has done in one phase. */
    static final class Tally {
        final Histogram times = new Histogram();
        final Map<String, Long> errors = new TreeMap<>();
        long pairings;

        void add(Tally other) {
            times.add(other.times);
            other.errors.forEach((what, count) -> errors.merge(what, count, Long::sum));
            pairings += other.pairings;
        }

        long errorCount() {
            return errors.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** @param devices of this connection alone: two equal requests of one device would be a replay */
    Workload(SSLContext tls, LoadTarget target, List<Device> devices, KmsCertificate root, Phases phases) {
        this.tls = tls;
        this.target = target;
        this.devices = devices;
        this.root = root;
        this.phases = phases;
        for (Phases.Phase phase : Phases.Phase.values()) {
            tallies.put(phase, new Tally());
        }
    }

    /** Of one phase; after the thread has ended. */
    Tally tally(Phases.Phase phase) {
        return tallies.get(phase);
    }

    @Override
    public void run() {
        while (phases.current() != Phases.Phase.OVER) {
            try (KeptConnection connection = new KeptConnection(tls, target.port())) {
                while (phases.current() != Phases.Phase.OVER) {
                    ask(connection, devices.get(next++ % devices.size()));
                }
            } catch (IOException e) {
                error("connection: " + e.getClass().getSimpleName() + ": " + e.getMessage());
            }
        }
    }

    private void ask(KeptConnection connection, Device device) throws IOException {
        byte[] request = device.request(target, Clock.systemUTC());
        long begin = System.nanoTime();
        Answer answer = connection.exchange(request);
        long took = System.nanoTime() - begin;
        Tally tally = tallies.get(phases.current());
        if (answer.status() != 200) {
            error("status " + answer.status());
            return;
        }
        try {
            check(answer.body(), device, tally);
            tally.times.add(took);
        } catch (WrongAnswerException | GeneralSecurityException | IllegalStateException e) {
            error(String.valueOf(e.getMessage()));
        }
    }

    private void check(byte[] answer, Device device, Tally tally)
            throws WrongAnswerException, GeneralSecurityException {
        List<byte[]> keys = AnswerCheck.opened(answer, device);
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            keys.forEach(digest::update);
            Octets fingerprint = Octets.copyOf(digest.digest());
            Octets before = keysSeen.putIfAbsent(device.userUri(), fingerprint);
            if (before != null && !before.equals(fingerprint)) {
                throw new WrongAnswerException("other keys than before");
            }
            if (tally.times.total() % PAIRING_EVERY == 0) {
                checkByPairing(answer, keys);
                tally.pairings++;
            }
        } finally {
            AnswerCheck.wipe(keys);
        }
    }

    /** RFC 6507 clause 5.1.2 and RFC 6508 clause 6.1.2. */
    private void checkByPairing(byte[] answer, List<byte[]> keys) throws WrongAnswerException {
        Octets identity = AnswerCheck.userId(answer);
        PublicValidationToken pvt = new PublicValidationToken(Octets.copyOf(keys.get(2)));
        try (ReceiverSecretKey rsk = ReceiverSecretKey.takeFrom(keys.get(0));
                SecretSigningKey ssk = SecretSigningKey.takeFrom(keys.get(1))) {
            if (!SakkeKeyCheck.isValid(identity, rsk, root.pubEncKey())) {
                throw new WrongAnswerException("the RSK does not hold");
            }
            if (!EccsiKeyCheck.isValid(identity, ssk, pvt, root.pubAuthKey())) {
                throw new WrongAnswerException("SSK and PVT do not hold");
            }
        }
    }

    private void error(String what) {
        tallies.get(phases.current()).errors.merge(what, 1L, Long::sum);
    }

    /** Deals the devices out to so many connections. */
    static List<List<Device>> dealt(List<Device> devices, int connections) {
        List<List<Device>> hands = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            hands.add(new ArrayList<>());
        }
        for (int i = 0; i < devices.size(); i++) {
            hands.get(i % connections).add(devices.get(i));
        }
        return hands;
    }
}
