package org.mckms.client.group;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.mckms.client.ClientSetupException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.Sha256;

/**
 * Signing keys whose messages are refused: an SSK that somebody else may have, a GMS that was taken over. A signature with it
 * is right until its key period ends, so whoever receives has to be told. A file names them by the SHA-256 of their PVT,
 * which is in each message they sign.
 *
 * <p>The file is text: 64 hex digits a line, empty lines and what follows a {@code #} do not count. It is read for each
 * question, since neither its time nor its size tells a change for certain. While it cannot be read, nobody can say who is not denied, and every question is refused. Safe for use by
 * several threads.
 */
public final class DeniedSigners implements Predicate<Octets> {
    private static final int MAX_OCTETS = 1024 * 1024;
    private static final Pattern NAME = Pattern.compile("[0-9A-Fa-f]{64}");

    private final Path file;
    private volatile Content content;

    /** What the file says, and the SHA-256 of its octets. */
    private record Content(Octets digest, Set<String> names) {}

    /** @throws ClientSetupException if the file cannot be read or is no such list */
    public DeniedSigners(Path file) {
        this.file = Objects.requireNonNull(file, "file");
        this.content = current(null);
    }

    /** The name of a signing key: SHA-256 of the 65 octets of its PVT, in lower-case hex. */
    public static String nameOf(Octets pvt) {
        return Sha256.of(pvt).toHex().toLowerCase(Locale.ROOT);
    }

    /**
     * Whether messages with this PVT are refused.
     *
     * @throws ClientSetupException if the file cannot be read or is no such list
     */
    @Override
    public boolean test(Octets pvt) {
        Content now = current(content);
        content = now;
        return now.names().contains(nameOf(pvt));
    }

    /** @param held what was read before, or null */
    private Content current(Content held) {
        byte[] octets = read();
        Octets digest = Octets.copyOf(Sha256.of(octets));
        return held != null && held.digest().equals(digest)
                ? held
                : new Content(digest, names(new String(octets, StandardCharsets.UTF_8)));
    }

    private byte[] read() {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] octets = in.readNBytes(MAX_OCTETS + 1);
            if (octets.length > MAX_OCTETS) {
                throw new ClientSetupException(file + " is too large for a list of denied signers");
            }
            return octets;
        } catch (IOException e) {
            throw new ClientSetupException("cannot read the denied signers in " + file, e);
        }
    }

    private Set<String> names(String text) {
        Set<String> names = new HashSet<>();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            String name = line.replaceFirst("#.*", "").strip();
            if (name.isEmpty()) {
                continue;
            }
            if (!NAME.matcher(name).matches()) {
                throw new ClientSetupException(
                        "line " + number + " of " + file + " is not the SHA-256 of a PVT in hex");
            }
            names.add(name.toLowerCase(Locale.ROOT));
        }
        return names;
    }
}
