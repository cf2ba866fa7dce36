package org.mckms.it.support;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.mckms.client.cek.CekClient;
import org.mckms.client.cek.CekNotice;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.cek.CekStatus;

/** Listens to what a user is told of its content encryption keys, until it is closed. */
public final class HeardNotices implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final List<CekNotice> notices = new CopyOnWriteArrayList<>();
    private final List<String> reasons = new CopyOnWriteArrayList<>();
    private final Thread thread;

    public HeardNotices(CekClient user) {
        thread = new Thread(() -> {
            try {
                user.listen(notices::add).ifPresent(reasons::add);
            } catch (RuntimeException e) {
                // the end of the test interrupts it
                Thread.currentThread().interrupt();
            }
        });
        thread.start();
    }

    /** Waits until the status of a key was told. */
    public void await(Octets keyId, CekStatus status) {
        Await.that(keyId.toHex() + " " + status, LIMIT, () -> notices.stream()
                .anyMatch(notice -> notice.keyId().equals(keyId) && notice.status() == status));
    }

    /** Why the KMS has ended the stream; waits until it has. */
    public String reason() {
        return Await.value("the stream has ended", LIMIT, () -> reasons.stream().findFirst());
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
