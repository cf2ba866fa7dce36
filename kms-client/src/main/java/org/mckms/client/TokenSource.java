package org.mckms.client;

/**
 * Gives access tokens of the IdM server, without the word Bearer. Called for every request, from several threads; an
 * implementation keeps a token until shortly before it expires.
 */
@FunctionalInterface
public interface TokenSource {
    /** The token to show now. */
    String accessToken();

    /**
     * Told that the KMS refused this token, before the one retry. An implementation that can get another one forgets
     * this one.
     */
    default void refused(String accessToken) {
        // a fixed token stays what it is
    }
}
