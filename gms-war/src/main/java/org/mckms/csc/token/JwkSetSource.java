package org.mckms.csc.token;

import java.io.IOException;
import java.util.Optional;

/** Where the public keys of one issuer come from (RFC 7517 clause 5). Implementations bound time and size. */
public interface JwkSetSource {

    /** Longest JWKS that is read, in octets. */
    int MAX_OCTETS = 256 * 1024;

    /** File path or URL, for messages. */
    String location();

    /**
     * Reads the whole set.
     *
     * @throws IOException if it cannot be had within the limits of time and size
     */
    byte[] read() throws IOException;

    /**
     * A cheap mark that changes whenever the content does; empty if the source has none and must be read to know.
     *
     * @throws IOException if the source is not there
     */
    Optional<String> changeMark() throws IOException;
}
