package org.mckms.csc;

import java.util.Optional;
import java.util.OptionalLong;
import org.mckms.mikeysakke.identity.NtpTimestamp;

/** A resource of the key management interfaces, TS 33.180 annex D.2. */
sealed interface CscResource {

    /** {@code init}. */
    record Init() implements CscResource {}

    /**
     * {@code keyprov[/{uri}[/{time}]]}.
     *
     * @param uri the identity, decoded once
     */
    record KeyProv(Optional<String> uri, Optional<NtpTimestamp> time) implements CscResource {}

    /** {@code certcache[/{cacheNum}]}. */
    record CertCache(OptionalLong cacheNum) implements CscResource {}

    /**
     * {@code cert/{kmsUri}}.
     *
     * @param kmsUri decoded once
     */
    record Cert(String kmsUri) implements CscResource {}

    /**
     * {@code lookup/{userUri}}, where discovery is switched on.
     *
     * @param userUri the identity, decoded once
     */
    record Lookup(String userUri) implements CscResource {}

    /** {@code redirect}, where discovery is switched on. */
    record Redirect() implements CscResource {}
}
