package org.mckms.client.store;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.mckms.protocol.message.ClientError;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.security.ClientKeys;

/**
 * The keys of one user and device in one encrypted file: TrK and InK (in use and announced), root certificates, key sets
 * of key periods, certificates of partner KMSs with the number of the cache, and a failure still to be reported.
 *
 * <p>Every change replaces the whole file in one step and is on the disk when the method returns; a process that dies at
 * any moment leaves the state before or after. One opener at a time, over all processes. Secrets are in memory while the
 * store is open, and wiped when it is closed. What a getter gives out is a copy that its taker closes.
 *
 * <p>Every method may throw {@link ClientStoreException}. Safe for use by several threads.
 */
public final class ClientKeyStore implements AutoCloseable {
    private static final Comparator<HeldKeySet> LATEST_PERIOD_FIRST = Comparator.comparingLong(
                    (HeldKeySet held) -> held.keys().period().number())
            .reversed();

    private final SealedFile file;
    private Contents contents;
    private boolean closed;

    private ClientKeyStore(SealedFile file, Contents contents) {
        this.file = file;
        this.contents = contents;
    }

    /**
     * Makes an empty key store and leaves it open.
     *
     * @param file must not exist; its folder must
     * @param key not kept; the caller closes it
     */
    public static ClientKeyStore create(Path file, StoreKey key, StoreOwner owner, SecureRandom random) {
        return create(file, key, owner, random, RollbackGuard.NONE);
    }

    /** The same with a counter that notices copies put back; the store begins above it. */
    public static ClientKeyStore create(
            Path file, StoreKey key, StoreOwner owner, SecureRandom random, RollbackGuard guard) {
        return create(new SealedFile.Place(file, new DurableFiles(), guard, random), key, owner);
    }

    /**
     * Opens a key store.
     *
     * @param key not kept; the caller closes it
     */
    public static ClientKeyStore open(Path file, StoreKey key, SecureRandom random) {
        return open(file, key, random, RollbackGuard.NONE);
    }

    /** The same, refusing a file below the counter. */
    public static ClientKeyStore open(Path file, StoreKey key, SecureRandom random, RollbackGuard guard) {
        return open(new SealedFile.Place(file, new DurableFiles(), guard, random), key);
    }

    static ClientKeyStore create(SealedFile.Place place, StoreKey key, StoreOwner owner) {
        Contents empty = new Contents(owner);
        return encoded(
                empty,
                content -> new ClientKeyStore(SealedFile.create(place, StoreKind.CLIENT_KEYS, key, content), empty));
    }

    static ClientKeyStore open(SealedFile.Place place, StoreKey key) {
        SealedFile.Opened<Contents> opened = SealedFile.open(place, StoreKind.CLIENT_KEYS, key, ContentsCodec::decode);
        return new ClientKeyStore(opened.file(), opened.content());
    }

    public StoreOwner owner() {
        return current().owner;
    }

    /** How often the file was written. */
    public synchronized long generation() {
        return file.generation();
    }

    /** Addresses of the KMS, in the order in which they are tried. */
    public List<String> baseUrls() {
        return current().baseUrls;
    }

    /** The certificate that registration files and bundles of this KMS are signed under, if a file brought it. */
    public Optional<X509Certificate> bundleSigner() {
        return current().bundleSigner.map(SignerCertificate::of);
    }

    /** TrK and InK in use. */
    public synchronized Optional<ClientKeys> activeKeys() {
        return current().active.map(ClientKeys::copy);
    }

    /** TrK and InK that the KMS announced and has not yet seen in use. */
    public synchronized Optional<ClientKeys> pendingKeys() {
        return current().pending.map(ClientKeys::copy);
    }

    /** Whether there are TrK and InK at all. */
    public boolean isRegistered() {
        return current().active.isPresent();
    }

    /** Root certificates of the home KMS, the one that it named last first. */
    public List<KmsCertificate> rootCertificates() {
        return current().roots;
    }

    /**
     * Copies of the key sets that {@code wanted} accepts: those under the newest root certificate first, among them the
     * latest period first. What is tested is lent: neither kept nor closed.
     */
    public synchronized List<UserKeys> userKeys(Predicate<UserKeys> wanted) {
        return lent(current())
                .filter(wanted)
                .map(held -> new UserKeys(KeySetCodec.copy(held.keys()), held.root()))
                .toList();
    }

    /** What {@code description} says of each key set, in the same order. Each is lent: neither kept nor closed. */
    public synchronized <T> List<T> describeKeys(Function<UserKeys, T> description) {
        return lent(current()).map(description).toList();
    }

    private static Stream<UserKeys> lent(Contents now) {
        return now.roots.stream().flatMap(root -> now.keySets.stream()
                .filter(held -> held.isUnder(root))
                .sorted(LATEST_PERIOD_FIRST)
                .map(held -> new UserKeys(held.keys(), root)));
    }

    /** Number of the certificate cache held. */
    public OptionalLong cacheNumber() {
        return current().cacheNum;
    }

    /** Certificates of other KMSs, the latest received first; whether one may be used is not said here. */
    public List<KmsCertificate> partnerCertificates() {
        return current().partners;
    }

    /** What the next request is to report. */
    public Optional<ClientError> clientError() {
        return current().error;
    }

    /** Changes the store in one step; if nothing changes, nothing is written. If it fails, all is as before. */
    public synchronized void change(Consumer<StoreEdit> change) {
        Contents before = current();
        StoreEdit edit = new StoreEdit(before);
        try {
            change.accept(edit);
            if (!edit.changed()) {
                return;
            }
            write(edit.next());
        } catch (RuntimeException | Error e) {
            edit.next().closeAllBut(before);
            throw e;
        }
        contents = edit.next();
        before.closeAllBut(contents);
        file.raiseGuard();
    }

    /** Gives the store another passphrase or key. */
    public synchronized void changeKey(StoreKey key) {
        encoded(current(), content -> {
            file.changeKey(key, content);
            return null;
        });
    }

    /** Wipes what is in memory and gives the file free for others. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            contents.close();
            file.close();
        }
    }

    @Override
    public String toString() {
        return "ClientKeyStore[" + file + "]";
    }

    private synchronized Contents current() {
        if (closed) {
            throw new IllegalStateException("the key store " + file + " is closed");
        }
        return contents;
    }

    private void write(Contents next) {
        encoded(next, content -> {
            file.write(content);
            return null;
        });
    }

    /** Lends the octets of the contents, and wipes them. */
    private static <T> T encoded(Contents contents, Function<byte[], T> action) {
        byte[] content = ContentsCodec.encode(contents);
        try {
            return action.apply(content);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }
}
