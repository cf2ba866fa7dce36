package org.mckms.client.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mckms.client.file.PrivateFile;

/** Files of the file system: written beside the old one, forced to the disk, then renamed over it. */
final class DurableFiles implements StoreFiles {
    /** Room for some ten thousand key sets. */
    static final int MAX_OCTETS = 64 * 1024 * 1024;

    @Override
    public byte[] read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] octets = in.readNBytes(MAX_OCTETS + 1);
            if (octets.length > MAX_OCTETS) {
                throw new IOException("larger than " + MAX_OCTETS + " octets");
            }
            return octets;
        }
    }

    @Override
    public void replace(Path file, byte[] content) throws IOException {
        PrivateFile.writeDurably(file, content);
    }

    @Override
    public void tidy(Path file) throws IOException {
        PrivateFile.deleteLeftovers(file);
    }
}
