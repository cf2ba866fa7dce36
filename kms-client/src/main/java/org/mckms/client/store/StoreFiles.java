package org.mckms.client.store;

import java.io.IOException;
import java.nio.file.Path;

/** Where the octets of a key store live. */
interface StoreFiles {
    /** The whole file, at most {@link DurableFiles#MAX_OCTETS}. */
    byte[] read(Path file) throws IOException;

    /** Puts other octets into the place of the file; when it returns, they outlast a loss of power. */
    void replace(Path file, byte[] content) throws IOException;

    /** Takes away what a writer left behind that died. */
    void tidy(Path file) throws IOException;
}
