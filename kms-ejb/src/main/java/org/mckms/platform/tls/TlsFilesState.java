package org.mckms.platform.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.mckms.client.TlsMaterial;
import org.mckms.platform.config.TlsFiles;

/**
 * When the TLS files were written last, so that new ones are noticed.
 *
 * @param times of certificate, key and trust; the epoch for one that is not there
 */
public record TlsFilesState(List<FileTime> times) {

    /** As the files are now. */
    public static TlsFilesState of(TlsFiles files) {
        return new TlsFilesState(Stream.of(files.certificate(), files.key(), files.trust())
                .map(TlsFilesState::time)
                .toList());
    }

    /** @throws org.mckms.client.ClientSetupException if a file cannot be used */
    public static TlsMaterial material(TlsFiles files) {
        return TlsMaterial.trusting(files.trust()).withPem(files.certificate(), files.key());
    }

    private static FileTime time(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }
}
