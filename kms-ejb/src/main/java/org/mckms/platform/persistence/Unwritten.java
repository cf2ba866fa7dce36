package org.mckms.platform.persistence;

import static java.util.Objects.requireNonNull;

/**
 * What a transaction gave that has committed and may not be written yet.
 *
 * @param result what its work returned; may be null
 * @param write  returns when it is written, and costs nothing if a later commit, or a record of the audit trail, took it along
 */
public record Unwritten<T>(T result, Runnable write) {

    public Unwritten {
        requireNonNull(write, "write");
    }

    /**
     * Returns when the commit is written.
     *
     * @throws org.mckms.protocol.error.KmsException {@code DATABASE_UNAVAILABLE} if that is not sure
     */
    public T written() {
        write.run();
        return result;
    }
}
