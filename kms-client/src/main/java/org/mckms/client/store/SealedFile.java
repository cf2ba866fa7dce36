package org.mckms.client.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Function;
import org.mckms.client.store.ClientStoreException.Fault;

/**
 * One encrypted file of secrets, as every key store here has it: held by one opener over all processes, replaced as a
 * whole by every write, on the disk when the write returns, and refused when somebody put back an older copy.
 *
 * <p>Every method may throw {@link ClientStoreException}. Not safe for use by several threads: its owner synchronises.
 */
public final class SealedFile implements AutoCloseable {
    private final Place place;
    private final StoreKind kind;
    private final StoreLock lock;
    private StoreSeal seal;
    private long generation;

    /** Where a file lives and what it is written with. */
    record Place(Path file, StoreFiles files, RollbackGuard guard, SecureRandom random) {}

    private SealedFile(Place place, StoreKind kind, StoreLock lock, StoreSeal seal, long generation) {
        this.place = place;
        this.kind = kind;
        this.lock = lock;
        this.seal = seal;
        this.generation = generation;
    }

    /**
     * A file with what was read from it.
     *
     * @param <T> its content, decoded
     */
    public record Opened<T>(SealedFile file, T content) {}

    /**
     * Makes a file and leaves it open; its generation begins above the counter.
     *
     * @param file must not exist; its folder must
     * @param key not kept; the caller closes it
     * @param content neither kept nor wiped
     */
    public static SealedFile create(
            Path file, StoreKind kind, StoreKey key, byte[] content, SecureRandom random, RollbackGuard guard) {
        return create(new Place(file, new DurableFiles(), guard, random), kind, key, content);
    }

    /**
     * Opens a file.
     *
     * @param key not kept; the caller closes it
     * @param decoder is lent the content, which is wiped afterwards
     */
    public static <T> Opened<T> open(
            Path file,
            StoreKind kind,
            StoreKey key,
            SecureRandom random,
            RollbackGuard guard,
            Function<byte[], T> decoder) {
        return open(new Place(file, new DurableFiles(), guard, random), kind, key, decoder);
    }

    static SealedFile create(Place place, StoreKind kind, StoreKey key, byte[] content) {
        StoreLock lock = StoreLock.of(place.file());
        StoreSeal seal = null;
        try {
            if (Files.exists(place.file())) {
                throw new ClientStoreException(Fault.EXISTS, "there is a key store " + place.file() + " already");
            }
            seal = StoreSeal.fresh(kind, key, place.random());
            SealedFile made =
                    new SealedFile(place, kind, lock, seal, place.guard().lowest());
            made.write(content);
            made.raiseGuard();
            return made;
        } catch (RuntimeException | Error e) {
            closeAll(seal, lock);
            throw e;
        }
    }

    static <T> Opened<T> open(Place place, StoreKind kind, StoreKey key, Function<byte[], T> decoder) {
        if (!Files.exists(place.file())) {
            throw new ClientStoreException(Fault.MISSING, "there is no key store " + place.file());
        }
        StoreLock lock = StoreLock.of(place.file());
        StoreSeal seal = null;
        try {
            tidy(place);
            byte[] octets = read(place);
            StoreSeal.Head head = StoreSeal.Head.of(kind, octets);
            seal = StoreSeal.of(head, key);
            byte[] content = seal.open(head, octets);
            try {
                if (head.generation() < place.guard().lowest()) {
                    throw rolledBack(place, head.generation(), place.guard().lowest());
                }
                SealedFile file = new SealedFile(place, kind, lock, seal, head.generation());
                return new Opened<>(file, decoder.apply(content));
            } finally {
                Arrays.fill(content, (byte) 0);
            }
        } catch (RuntimeException | Error e) {
            closeAll(seal, lock);
            throw e;
        }
    }

    /** How often the file was written. */
    public long generation() {
        return generation;
    }

    /**
     * Replaces the content. If it fails, the file is as before; {@link #raiseGuard} follows once the caller has taken over
     * the new content.
     *
     * @param content neither kept nor wiped
     */
    public void write(byte[] content) {
        checkNobodyReplacedTheFile();
        try {
            place.files().replace(place.file(), seal.seal(generation + 1, content, place.random()));
        } catch (IOException e) {
            throw new ClientStoreException(Fault.NOT_ACCESSIBLE, "cannot write the key store " + place.file(), e);
        }
        generation++;
    }

    /** Tells the counter of the platform that what was written last is what counts. */
    public void raiseGuard() {
        place.guard().raise(generation);
    }

    /** Gives the file another passphrase or key; {@code content} is neither kept nor wiped. */
    public void changeKey(StoreKey key, byte[] content) {
        StoreSeal before = seal;
        seal = StoreSeal.fresh(kind, key, place.random());
        try {
            write(content);
        } catch (RuntimeException | Error e) {
            seal.close();
            seal = before;
            throw e;
        }
        before.close();
        raiseGuard();
    }

    /** Forgets the key and gives the file free for others. */
    @Override
    public void close() {
        closeAll(seal, lock);
    }

    /** The path of the file. */
    @Override
    public String toString() {
        return place.file().toString();
    }

    private void checkNobodyReplacedTheFile() {
        if (Files.exists(place.file())) {
            long onDisk = StoreSeal.Head.of(kind, read(place)).generation();
            if (onDisk != generation) {
                throw rolledBack(place, onDisk, generation);
            }
        }
    }

    private static void tidy(Place place) {
        try {
            place.files().tidy(place.file());
        } catch (IOException e) {
            throw new ClientStoreException(Fault.NOT_ACCESSIBLE, "cannot read the folder of " + place.file(), e);
        }
    }

    private static byte[] read(Place place) {
        try {
            return place.files().read(place.file());
        } catch (IOException e) {
            throw new ClientStoreException(Fault.NOT_ACCESSIBLE, "cannot read the key store " + place.file(), e);
        }
    }

    private static ClientStoreException rolledBack(Place place, long found, long expected) {
        return new ClientStoreException(
                Fault.ROLLED_BACK,
                "the key store " + place.file() + " is not the one that was written last: generation " + found
                        + ", expected " + expected);
    }

    private static void closeAll(StoreSeal seal, StoreLock lock) {
        if (seal != null) {
            seal.close();
        }
        lock.close();
    }
}
