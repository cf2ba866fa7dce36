package org.mckms.client.csk;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.mckms.client.store.RollbackGuard;
import org.mckms.client.store.SealedFile;
import org.mckms.client.store.StoreKey;
import org.mckms.client.store.StoreKind;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.mikey.KeyPurpose;

/**
 * The keys between clients and a server, at either side: at a client in one encrypted file, sealed as {@link
 * org.mckms.client.store.ClientKeyStore} is (TS 33.180 clause 5.11.1); at a server, where a CSK lives no longer than the
 * registration, in memory if it likes. A key belongs to one binding and is found through it only. A key that was replaced
 * stays for five minutes, and a binding has four keys of a kind at most. Secrets are wiped when their life is over and the
 * next key is taken, or {@link #forgetExpired} called; when they are ended; or when the store is closed.
 *
 * <p>Every method of a store with a file may throw {@link org.mckms.client.store.ClientStoreException}. Safe for use by several
 * threads.
 */
public final class CskStore implements AutoCloseable {
    private final Optional<SealedFile> file;
    private List<ServerKey> keys;
    private boolean closed;

    private CskStore(Optional<SealedFile> file, List<ServerKey> keys) {
        this.file = file;
        this.keys = List.copyOf(keys);
    }

    /** An empty store that is gone when it is closed. */
    public static CskStore inMemory() {
        return new CskStore(Optional.empty(), List.of());
    }

    /**
     * Makes an empty store and leaves it open.
     *
     * @param file must not exist; its folder must
     * @param key not kept; the caller closes it
     */
    public static CskStore create(Path file, StoreKey key, SecureRandom random, RollbackGuard guard) {
        byte[] empty = CskCodec.encode(List.of());
        return new CskStore(
                Optional.of(SealedFile.create(file, StoreKind.CLIENT_SERVER_KEYS, key, empty, random, guard)),
                List.of());
    }

    /**
     * Opens a store.
     *
     * @param key not kept; the caller closes it
     * @param guard refuses a file below its counter
     */
    public static CskStore open(Path file, StoreKey key, SecureRandom random, RollbackGuard guard) {
        SealedFile.Opened<List<ServerKey>> opened =
                SealedFile.open(file, StoreKind.CLIENT_SERVER_KEYS, key, random, guard, CskCodec::decode);
        return new CskStore(Optional.of(opened.file()), opened.content());
    }

    /** What is held. */
    public List<ServerKeyDetails> keys() {
        return current().stream().map(ServerKey::details).toList();
    }

    /** The keys of one binding that are in use at this time, as copies, which the caller closes. */
    public synchronized CskSession session(CskBinding binding, Instant now) {
        return new CskSession(
                binding,
                current().stream()
                        .filter(key -> key.details().binding().equals(binding)
                                && !key.details().isOver(now))
                        .map(ServerKey::copy)
                        .toList());
    }

    /** Ends the keys of a binding, as the end of its registration does. */
    public void end(CskBinding binding) {
        change(edit -> edit.remove(key -> key.binding().equals(binding)));
    }

    /** Deletes keys whose life is over, as the next key that is taken does; for a store that may take none for long. */
    public void forgetExpired(Instant now) {
        change(edit -> edit.remove(key -> key.isOver(now)));
    }

    /** The key of a message that was taken before for this binding and purpose, if it is still held. */
    Optional<KeyIdentifier> known(Octets digest, CskBinding binding, Set<KeyPurpose> purposes, Instant now) {
        return current().stream()
                .map(ServerKey::details)
                .filter(key -> key.binding().equals(binding) && purposes.contains(key.purpose()) && !key.isOver(now))
                .filter(key -> key.message().digest().equals(digest))
                .map(ServerKeyDetails::keyId)
                .findFirst();
    }

    /** Changes the store in one step; if nothing changes, nothing is written. If it fails, all is as before. */
    synchronized void change(Consumer<CskEdit> change) {
        List<ServerKey> before = current();
        CskEdit edit = new CskEdit(before);
        try {
            change.accept(edit);
            if (!edit.changed()) {
                return;
            }
            file.ifPresent(target -> write(target, edit.next()));
        } catch (RuntimeException | Error e) {
            closeAllBut(before, edit.made().stream());
            throw e;
        }
        keys = edit.next();
        closeAllBut(keys, Stream.concat(before.stream(), edit.made().stream()));
        file.ifPresent(SealedFile::raiseGuard);
    }

    /** Wipes what is in memory and gives the file free for others. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            keys.forEach(ServerKey::close);
            file.ifPresent(SealedFile::close);
        }
    }

    @Override
    public String toString() {
        return "CskStore[" + file.map(SealedFile::toString).orElse("in memory") + "]";
    }

    private synchronized List<ServerKey> current() {
        if (closed) {
            throw new IllegalStateException(this + " is closed");
        }
        return keys;
    }

    private static void write(SealedFile file, List<ServerKey> keys) {
        encoded(keys, content -> {
            file.write(content);
            return null;
        });
    }

    private static void closeAllBut(List<ServerKey> kept, Stream<ServerKey> all) {
        Set<ServerKey> keep = Collections.newSetFromMap(new IdentityHashMap<>());
        keep.addAll(kept);
        all.filter(key -> !keep.contains(key)).forEach(ServerKey::close);
    }

    /** Lends the octets of the contents, and wipes them. */
    private static <T> T encoded(List<ServerKey> keys, Function<byte[], T> action) {
        byte[] content = CskCodec.encode(keys);
        try {
            return action.apply(content);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }
}
