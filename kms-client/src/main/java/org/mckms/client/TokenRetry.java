package org.mckms.client;

import java.util.function.Function;

/** Asks with an access token, and once more with another one if the server refuses the first and the source has another. */
public final class TokenRetry {
    private TokenRetry() {}

    /**
     * Asks once or twice.
     *
     * @param asking is given the token, without the word Bearer
     * @throws KmsRefusedException the last refusal
     */
    public static <T> T ask(TokenSource tokens, Function<String, T> asking) {
        String token = tokens.accessToken();
        try {
            return asking.apply(token);
        } catch (KmsRefusedException e) {
            if (!e.tokenRefused()) {
                throw e;
            }
            tokens.refused(token);
            String other = tokens.accessToken();
            if (other.equals(token)) {
                throw e;
            }
            return asking.apply(other);
        }
    }
}
