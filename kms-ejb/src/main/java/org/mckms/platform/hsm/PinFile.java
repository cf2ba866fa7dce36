package org.mckms.platform.hsm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A PIN in a file that the platform mounts: UTF-8, one line; a line break at its end does not belong to the PIN. Nobody but
 * the file's owner may read or write it.
 */
public record PinFile(Path file) implements PinSource {

    private static final int MAX_OCTETS = 1024;

    private static final Set<PosixFilePermission> OWNER_ONLY =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    /** @throws UncheckedIOException if the file cannot be read or is too long to be a PIN */
    @Override
    public Optional<char[]> read() {
        byte[] octets = new byte[0];
        CharBuffer text = CharBuffer.allocate(0);
        try {
            if (Files.size(file) > MAX_OCTETS) {
                throw new IOException("longer than " + MAX_OCTETS + " octets");
            }
            octets = Files.readAllBytes(file);
            text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(octets));
            int end = text.limit();
            while (end > 0 && (text.get(end - 1) == '\n' || text.get(end - 1) == '\r')) {
                end--;
            }
            return end == 0 ? Optional.empty() : Optional.of(Arrays.copyOf(text.array(), end));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the PIN file " + file, e);
        } finally {
            Arrays.fill(octets, (byte) 0);
            Arrays.fill(text.array(), '\0');
        }
    }

    /** A file that is not there exposes nothing; reading it says so. */
    @Override
    public List<String> findings() {
        try {
            if (OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
                return List.of();
            }
            return List.of("Others than its owner have rights on the PIN file: chmod 0400 " + file + ".");
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException | UnsupportedOperationException e) {
            return List.of("Cannot find out who may read the PIN file " + file + ".");
        }
    }
}
