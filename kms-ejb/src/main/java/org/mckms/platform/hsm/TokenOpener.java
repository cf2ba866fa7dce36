package org.mckms.platform.hsm;

/** Opens new generations of the token: new provider, new key store, new keys. */
public interface TokenOpener {

    /**
     * Logs in with one attempt, made from the logged-out state, so that a wrong PIN cannot slip through.
     *
     * @param step {@link RecoveryStep#PROVIDER} or {@link RecoveryStep#COPY}
     * @param pin  stays with the caller, who wipes it
     * @throws TokenException with fault {@code PIN} if the token was asked and did not accept the PIN, for whatever reason;
     *     with any other fault only if the PIN was accepted or never looked at
     */
    Token open(RecoveryStep step, char[] pin);
}
