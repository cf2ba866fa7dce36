package org.mckms.client.cek;

import java.util.Objects;
import org.mckms.protocol.cek.Cek;

/**
 * Whose keys a store holds; it never changes its owner.
 *
 * @param end which end of the sessions it is
 * @param uri MC service ID of the user, or URI of the server, octet by octet as the KMS has it
 */
public record CekOwner(End end, String uri) {
    /** An end of a SIP session. */
    public enum End {
        /** A user, who shares keys with servers. */
        CLIENT,
        /** A server, which shares keys with users. */
        SERVER
    }

    public CekOwner {
        Objects.requireNonNull(end, "end");
        if (uri.isBlank()) {
            throw new IllegalArgumentException("the owner of content encryption keys needs a URI");
        }
    }

    public static CekOwner client(String userUri) {
        return new CekOwner(End.CLIENT, userUri);
    }

    public static CekOwner server(String serverUri) {
        return new CekOwner(End.SERVER, serverUri);
    }

    /** Whether a key is the owner's. What goes to a client need not name the user. */
    boolean owns(Cek cek) {
        return switch (end) {
            case CLIENT -> cek.userUri().isEmpty() || cek.userUri().get().equals(uri);
            case SERVER -> cek.peerUri().equals(uri);
        };
    }

    /** Whether a key names its other end. */
    boolean namesOtherEnd(Cek cek) {
        return end == End.CLIENT || cek.userUri().isPresent();
    }

    /** The other end of a key that {@link #namesOtherEnd names it}. */
    String otherEnd(Cek cek) {
        return end == End.CLIENT ? cek.peerUri() : cek.userUri().orElseThrow();
    }
}
