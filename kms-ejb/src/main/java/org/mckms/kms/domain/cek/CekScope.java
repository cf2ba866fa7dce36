package org.mckms.kms.domain.cek;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.mckms.kms.domain.RegisteredIdentity;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.Sha256;
import org.mckms.platform.row.IndexHash;

/**
 * Who shares a content encryption key, and for what: of one scope at most one key is pending and one is active.
 *
 * @param userUri   MC service identity of the user, octet by octet; at most 512 characters
 * @param serverUri URI of the MC server that has the same key; at most 512 characters
 * @param session   reference of the SIP session, at most {@value #MAX_SESSION_CHARACTERS} characters; empty: for what
 *                  belongs to no session
 */
public record CekScope(String userUri, String serverUri, Optional<String> session) {

    /** Longest reference of a SIP session. */
    public static final int MAX_SESSION_CHARACTERS = 255;

    public CekScope {
        checkUri(userUri, "user");
        checkUri(serverUri, "server");
        requireNonNull(session, "session");
        if (session.filter(text -> text.isBlank() || text.length() > MAX_SESSION_CHARACTERS)
                .isPresent()) {
            throw new InvalidValueException(
                    "a reference of a SIP session has 1 to " + MAX_SESSION_CHARACTERS + " characters");
        }
    }

    private static void checkUri(String uri, String whose) {
        if (uri.isEmpty() || uri.length() > RegisteredIdentity.MAX_URI_CHARACTERS) {
            throw new InvalidValueException(
                    "the URI of a " + whose + " has 1 to " + RegisteredIdentity.MAX_URI_CHARACTERS + " characters");
        }
    }

    /**
     * What the scope is looked up by: the first eight octets, big-endian, of the SHA-256 of user, server and session, each with
     * its length in four big-endian octets before it; an absent session has length FFFFFFFF. Of two scopes with one number the
     * later one has no key while the earlier one has; whoever wants that for its own sessions has to look for long.
     */
    public long hash() {
        ByteArrayOutputStream octets = new ByteArrayOutputStream(256);
        add(octets, userUri);
        add(octets, serverUri);
        session.ifPresentOrElse(text -> add(octets, text), () -> octets.writeBytes(new byte[] {-1, -1, -1, -1}));
        return IndexHash.of(Sha256.of(Octets.copyOf(octets.toByteArray())));
    }

    private static void add(ByteArrayOutputStream octets, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        octets.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(utf8.length).array());
        octets.writeBytes(utf8);
    }
}
