package org.mckms.kms.domain;

import java.io.IOException;
import java.io.InputStream;

/** Keeps the files of bundles, at a place that all nodes share. */
public interface BundleFiles {

    /** Whether this node has such a place. */
    boolean available();

    /**
     * Writes a file, in place of one of the same number that a transaction left which was not committed. It is on disk,
     * whole, when this returns.
     *
     * @throws org.mckms.protocol.error.KmsException {@code BUNDLE_STORE_UNAVAILABLE}
     */
    void write(BundleJobId job, int number, byte[] bundle);

    /** @throws IOException if it cannot be read */
    InputStream read(BundleJobId job, int number) throws IOException;

    /** Removes all files of a job; does nothing if there are none. */
    void removeAll(BundleJobId job);
}
