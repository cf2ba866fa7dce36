package org.mckms.kms.domain.token;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/**
 * The revocations that this node knows of, for a look at every request. It only learns, until what was revoked has expired:
 * a row that somebody takes out of the database changes nothing here. Thread-safe.
 */
public final class RevokedTokens {

    /** For how long this node goes on without having looked for the revocations of others. */
    static final Duration FRESH = Duration.ofSeconds(30);

    private final Clock clock;
    private final Map<Octets, Instant> revokedAtByDigest = new ConcurrentHashMap<>();
    private final Map<String, Older> olderByUri = new ConcurrentHashMap<>();
    private volatile Instant lookedAt = Instant.EPOCH;

    public RevokedTokens(Clock clock) {
        this.clock = requireNonNull(clock, "clock");
    }

    /** Why no token can be accepted now, if this node has not been able to look for too long, or never. */
    public Optional<String> complaint() {
        return clock.instant().isBefore(lookedAt.plus(FRESH))
                ? Optional.empty()
                : Optional.of("revoked access tokens were not looked up for " + FRESH.toSeconds() + " s");
    }

    /**
     * Whether a token was revoked.
     *
     * @throws KmsException {@code NOT_READY} if this node has not been able to look for too long
     */
    public boolean isRevoked(PresentedToken token) {
        complaint().ifPresent(why -> {
            throw new KmsException(KmsErrorCode.NOT_READY, why);
        });
        return token.digest().filter(revokedAtByDigest::containsKey).isPresent()
                || token.uris().stream().anyMatch(uri -> isTooOld(token, olderByUri.get(uri)));
    }

    /** A token that does not say when it was issued is taken for an old one. */
    private static boolean isTooOld(PresentedToken token, Older older) {
        return older != null
                && token.issuedAt()
                        .map(issued -> issued.isBefore(older.moment()))
                        .orElse(true);
    }

    /** Takes note of a revocation. */
    public void learn(TokenRevocation revocation) {
        if (revocation.target() instanceof RevokedTarget.OneToken one) {
            revokedAtByDigest.merge(
                    TokenDigest.of(one.issuer(), one.jti()), revocation.revokedAt(), RevokedTokens::later);
        } else if (revocation.target() instanceof RevokedTarget.IssuedBefore before) {
            olderByUri.merge(before.uri(), new Older(before.moment(), revocation.revokedAt()), Older::and);
        }
    }

    /** Takes note of all that was found, that nothing else was there to find, and forgets what is over. */
    public void looked(Collection<TokenRevocation> found, Instant now) {
        found.forEach(this::learn);
        Instant over = now.minus(TokenRevocation.MEMORY);
        revokedAtByDigest.values().removeIf(over::isAfter);
        olderByUri.values().removeIf(older -> over.isAfter(older.revokedAt()));
        lookedAt = now;
    }

    /**
     * What was said of the tokens of one identity.
     *
     * @param moment    those issued before it are revoked
     * @param revokedAt when that was said last: how long it is remembered, however far back the moment lies
     */
    private record Older(Instant moment, Instant revokedAt) {

        Older and(Older other) {
            return new Older(later(moment, other.moment), later(revokedAt, other.revokedAt));
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
