package org.mckms.kms.domain.token;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.mckms.mikeysakke.InvalidValueException;

/** Which access tokens a revocation is of. */
public sealed interface RevokedTarget {

    /** Longest identifier of a token that can be revoked by it, in characters. */
    int MAX_ID_CHARACTERS = 512;

    /**
     * One token.
     *
     * @param issuer name of the configured issuer
     * @param jti    its identifier: 1 to 512 characters
     * @throws InvalidValueException if the identifier has another length
     */
    record OneToken(String issuer, String jti) implements RevokedTarget {

        public OneToken {
            requireNonNull(issuer, "issuer");
            if (jti.isEmpty() || jti.length() > MAX_ID_CHARACTERS) {
                throw new InvalidValueException("the identifier of a token has 1 to " + MAX_ID_CHARACTERS
                        + " characters; revoke others by identity");
            }
        }
    }

    /**
     * All tokens of an identity, whoever issued them, that were issued before a moment or do not say when.
     *
     * @param uri compared octet by octet
     */
    record IssuedBefore(String uri, Instant moment) implements RevokedTarget {

        public IssuedBefore {
            requireNonNull(uri, "uri");
            requireNonNull(moment, "moment");
        }
    }
}
