package org.mckms.client.cli;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.mckms.client.KmsClientException;
import org.mckms.client.cek.CekClient;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.cek.CekStatus;

/** Listens to the notices of the KMS about the keys of one user, in the background, until it is closed. */
final class CekNotices implements AutoCloseable {
    private static final long PAUSE_MILLIS = 500;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<Octets, CekStatus> latest = new ConcurrentHashMap<>();
    private final AtomicReference<String> failure = new AtomicReference<>();
    private final Thread listener;

    CekNotices(CekClient client) {
        listener = new Thread(() -> listen(client), "notices");
        listener.setDaemon(true);
        listener.start();
    }

    /** A stream that the KMS ends is opened again. */
    private void listen(CekClient client) {
        try {
            do {
                client.listen(notice -> latest.put(notice.keyId(), notice.status()));
            } while (!closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
        } catch (KmsClientException e) {
            failure.set(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * What was said of a key last.
     *
     * @throws CommandFailedException if the stream has broken
     */
    Optional<CekStatus> of(Octets keyId) {
        Optional<CekStatus> said = Optional.ofNullable(latest.get(keyId));
        if (said.isEmpty() && failure.get() != null) {
            throw new CommandFailedException("the notices ended: " + failure.get());
        }
        return said;
    }

    @Override
    public void close() {
        closed.countDown();
        listener.interrupt();
    }
}
