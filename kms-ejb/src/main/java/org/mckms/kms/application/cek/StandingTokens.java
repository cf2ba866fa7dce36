package org.mckms.kms.application.cek;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.kms.domain.token.RevokedTokens;
import org.mckms.platform.audit.RecordedTransactions;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/**
 * Whether the access token of a request that was let in still holds where a key is made. Who revokes makes that known at this
 * node first, and ends keys then: for an identity under its row, which the making of a key holds too, so that one look after
 * taking the row is enough; for a single token without it, so that a key that was not committed in time is met by a second
 * look, after the commit.
 */
@ApplicationScoped
class StandingTokens {

    @Inject
    RevokedTokens revoked;

    @Inject
    CekEndings endings;

    @Inject
    RecordedTransactions recorded;

    /**
     * Refuses a caller whose token was revoked meanwhile. Inside the transaction that may make a key, with the row of the
     * identity.
     *
     * @throws KmsException {@code UNAUTHENTICATED}; {@code NOT_READY} if the revocations were not looked up for too long
     */
    void require(AuthenticatedIdentity caller) {
        if (revoked.isRevoked(caller.token())) {
            throw new KmsException(KmsErrorCode.UNAUTHENTICATED, "the access token was revoked");
        }
    }

    /**
     * The same after that transaction has been committed: keys that were made under the token end.
     *
     * @throws KmsException as {@link #require}
     */
    void requireStill(AuthenticatedIdentity caller) {
        if (revoked.isRevoked(caller.token())) {
            caller.token()
                    .digest()
                    .ifPresent(digest -> recorded.inNewTogether(trail -> {
                        endings.endOfToken(digest, trail);
                        return digest;
                    }));
            require(caller);
        }
    }
}
