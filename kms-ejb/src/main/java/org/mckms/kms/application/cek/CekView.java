package org.mckms.kms.application.cek;

import java.time.Instant;
import java.util.Optional;
import org.mckms.kms.domain.cek.CekEnding;
import org.mckms.kms.domain.cek.CekState;

/**
 * What operators see of a content encryption key: never the key.
 *
 * @param keyId        32 hex digits
 * @param acknowledged the newest revision that the server has confirmed; 0: none
 * @param intact       whether the row is what this server wrote; if not, the rest is what the database says
 */
public record CekView(
        String keyId,
        String userUri,
        String serverUri,
        Optional<String> session,
        CekState state,
        long revision,
        long acknowledged,
        Instant createdAt,
        Instant validTo,
        Optional<Instant> endedAt,
        Optional<CekEnding> ending,
        boolean intact) {}
