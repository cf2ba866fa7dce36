package org.mckms.gms.infrastructure.kms;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.mckms.client.ClientSetupException;
import org.mckms.client.KeySetSummary;
import org.mckms.client.KmsClient;
import org.mckms.client.KmsClientException;
import org.mckms.client.group.ExpectedMessage;
import org.mckms.client.group.OpenedMessage;
import org.mckms.client.store.ClientKeyStore;
import org.mckms.client.store.ClientStoreException;
import org.mckms.gms.domain.GmsIdentity;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.KmsLog;
import org.mckms.platform.config.GmsSettings;
import org.mckms.platform.health.Finding;
import org.mckms.platform.tls.TlsFilesState;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/**
 * The GMS as a client of its KMS (CSC-10). Its keys are in memory only while the vault is active: {@link #step} opens the
 * key store then, keeps the keys fresh in the background, and closes the store, which wipes them, when the vault is
 * deactivated or lost. Nothing here waits for the KMS. Safe for use by several threads.
 */
public final class GmsAccount implements GmsIdentity, AutoCloseable {

    /** What an operator has to put right is tried again after this time. */
    private static final Duration PAUSE = Duration.ofSeconds(15);

    /** The KMS is not asked for missing certificates more often than this. */
    private static final Duration CERTIFICATES = Duration.ofSeconds(30);

    private final GmsSettings settings;
    private final GmsEnvironment environment;
    private final GmsKeyStore keyStore;
    private final AccountNews news;
    private final ReadWriteLock use = new ReentrantReadWriteLock();

    // written by step and close, one at a time
    private volatile Optional<OpenAccount> open = Optional.empty();
    private volatile String waitingFor = "the start of the server";
    private final AtomicReference<Instant> lookedForCertificates = new AtomicReference<>(Instant.EPOCH);
    private Instant notBefore = Instant.MIN;
    private boolean ended;

    public GmsAccount(GmsSettings settings, GmsEnvironment environment) {
        this.settings = settings;
        this.environment = environment;
        this.keyStore = new GmsKeyStore(settings, environment);
        this.news = new AccountNews(settings.uri(), settings.kms().kmsUri(), environment.audit(), environment.clock());
    }

    @Override
    public String uri() {
        return settings.uri();
    }

    @Override
    public String kmsUri() {
        return settings.kms().kmsUri();
    }

    /** One look at vault and files, once a second or so. What is missing is said by {@link #state}. */
    public synchronized void step() {
        if (ended) {
            return;
        }
        try {
            follow(environment.activation().getAsLong());
        } catch (KmsException e) {
            shut();
            waitingFor = e.getMessage();
        }
    }

    private void follow(long activation) {
        if (open.filter(account -> account.isOf(activation)).isEmpty()) {
            shut();
        }
        Instant now = environment.clock().instant();
        if (now.isBefore(notBefore)) {
            return;
        }
        try {
            if (open.isEmpty()) {
                open = Optional.of(opened(activation));
            } else if (!open.get().hasTls(TlsFilesState.of(settings.kms().tls()))) {
                open = Optional.of(open.get().renewed(settings.kms(), news, environment));
            }
        } catch (KmsClientException | ClientStoreException e) {
            if (e instanceof ClientStoreException && isAway(e.getCause())) {
                throw (KmsException) e.getCause();
            }
            notBefore = now.plus(PAUSE);
            if (!e.getMessage().equals(waitingFor)) {
                KmsLog.LOG.gmsWaits(e.getMessage());
            }
            waitingFor = e.getMessage();
        }
    }

    /** What has to be waited for, as opposed to a key store that this server cannot open. */
    private static boolean isAway(Throwable cause) {
        return cause instanceof KmsException platform && platform.code() != KmsErrorCode.INTERNAL;
    }

    private OpenAccount opened(long activation) {
        ClientKeyStore store = keyStore.open();
        try {
            return OpenAccount.over(activation, store, settings.kms(), news, environment);
        } catch (RuntimeException | Error e) {
            store.close();
            throw e;
        }
    }

    /** Waits for those who read the key store just now. */
    private void shut() {
        Optional<OpenAccount> account = open;
        if (account.isPresent()) {
            use.writeLock().lock();
            try {
                open = Optional.empty();
                account.get().close();
            } finally {
                use.writeLock().unlock();
            }
        }
    }

    /**
     * Asks the client for keys and certificates that it holds. The question must not speak with the KMS: the key store is
     * not closed while it lasts.
     *
     * @throws KmsException {@code NOT_READY} while the key store is not open
     */
    public <T> T ask(Function<KmsClient, T> question) {
        return whileOpen(account -> question.apply(account.client()));
    }

    /**
     * Checks and opens a key message to this GMS, as the GMS of a partner sends it.
     *
     * @return the key, which the caller closes
     * @throws org.mckms.client.group.ReceptionException with the check that failed
     * @throws KmsException {@code NOT_READY} while the key store is not open, or the list of denied signers cannot be read
     */
    public OpenedMessage open(Octets message, ExpectedMessage expected) {
        return whileOpen(account -> {
            try {
                return account.opening().open(message, expected);
            } catch (ClientSetupException e) {
                throw new KmsException(KmsErrorCode.NOT_READY, "this GMS cannot check signers now", e);
            }
        });
    }

    private <T> T whileOpen(Function<OpenAccount, T> question) {
        use.readLock().lock();
        try {
            return question.apply(open.orElseThrow(() -> notReady(waitingFor)));
        } finally {
            use.readLock().unlock();
        }
    }

    /** A certificate of another KMS is missing: this one is asked for news in the background, at most every half minute. */
    public void missesCertificate() {
        Instant now = environment.clock().instant();
        Instant last = lookedForCertificates.get();
        if (!now.isBefore(last.plus(CERTIFICATES)) && lookedForCertificates.compareAndSet(last, now)) {
            open.ifPresent(OpenAccount::lookNow);
        }
    }

    /** The error of a GMS that cannot act yet. */
    static KmsException notReady(String sentence) {
        return new KmsException(KmsErrorCode.NOT_READY, "the GMS has no keys yet: " + sentence);
    }

    @Override
    public Finding state() {
        if (open.isEmpty()) {
            return Finding.down("no keys: " + waitingFor);
        }
        Instant now = environment.clock().instant();
        try {
            Optional<KeySetSummary> current = ask(client -> client.held().stream()
                    .filter(keys -> keys.userUri().equals(uri()) && keys.contains(now))
                    .findFirst());
            String complaint = news.complaint().map(text -> "; " + text).orElse("");
            return current.map(keys -> Finding.up("keys of " + kmsUri() + " until " + keys.ends() + complaint))
                    .orElseGet(() -> Finding.down("no keys of " + kmsUri() + " for now" + complaint));
        } catch (KmsException e) {
            return Finding.down(e.getMessage());
        }
    }

    /** Wipes the keys; nothing is opened any more. */
    @Override
    public synchronized void close() {
        ended = true;
        shut();
        waitingFor = "the server stops";
    }
}
