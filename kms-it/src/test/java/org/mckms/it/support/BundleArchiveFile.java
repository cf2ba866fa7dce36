package org.mckms.it.support;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The archive of a bundle job, unpacked.
 *
 * @param bundles by their names in the archive
 * @param items   the table of what became of each user
 */
public record BundleArchiveFile(Map<String, byte[]> bundles, String items) {

    public static BundleArchiveFile of(Reply archive) {
        if (archive.status() != 200) {
            throw new AssertionError("no archive: " + archive);
        }
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive.body()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (files.put(entry.getName(), zip.readAllBytes()) != null) {
                    throw new AssertionError("twice in the archive: " + entry.getName());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("not a whole archive", e);
        }
        String items = new String(files.remove("items.csv"), StandardCharsets.UTF_8);
        return new BundleArchiveFile(files, items);
    }
}
