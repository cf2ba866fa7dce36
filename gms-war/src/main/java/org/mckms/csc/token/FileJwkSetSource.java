package org.mckms.csc.token;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** A JWKS in a local file; a changed file is noticed by its time, length and file key. */
public final class FileJwkSetSource implements JwkSetSource {

    private final Path file;

    /** Takes the file; it need not exist yet. */
    public FileJwkSetSource(Path file) {
        this.file = file;
    }

    @Override
    public String location() {
        return file.toString();
    }

    @Override
    public byte[] read() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] octets = in.readNBytes(MAX_OCTETS + 1);
            if (octets.length > MAX_OCTETS) {
                throw new IOException("file is over " + MAX_OCTETS + " octets");
            }
            return octets;
        }
    }

    @Override
    public Optional<String> changeMark() throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            throw new IOException("not a regular file");
        }
        return Optional.of(attributes.lastModifiedTime() + "/" + attributes.size() + "/" + attributes.fileKey());
    }
}
