package org.mckms.client.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.mckms.client.store.ClientStoreException.Fault;

/**
 * Keeps a second process, or a second opener in this one, away from a key store. The lock is on a file of its own beside
 * the store, since the store's file is replaced by every write; the operating system gives it back when the process
 * ends.
 */
final class StoreLock implements AutoCloseable {
    private static final String SUFFIX = ".lock";

    private final FileChannel channel;

    private StoreLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws ClientStoreException IN_USE, NOT_ACCESSIBLE */
    static StoreLock of(Path file) {
        Path lockFile = file.resolveSibling(file.getFileName() + SUFFIX);
        FileChannel channel = null;
        try {
            channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw inUse(file);
            }
            StoreLock held = new StoreLock(channel);
            channel = null;
            return held;
        } catch (OverlappingFileLockException e) {
            throw inUse(file);
        } catch (IOException e) {
            throw new ClientStoreException(Fault.NOT_ACCESSIBLE, "cannot lock the key store " + file, e);
        } finally {
            closeQuietly(channel);
        }
    }

    @Override
    public void close() {
        closeQuietly(channel);
    }

    private static void closeQuietly(FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // the operating system gives the lock back with the process
            }
        }
    }

    private static ClientStoreException inUse(Path file) {
        return new ClientStoreException(Fault.IN_USE, "the key store " + file + " is open elsewhere");
    }
}
