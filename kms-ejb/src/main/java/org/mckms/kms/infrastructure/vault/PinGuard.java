package org.mckms.kms.infrastructure.vault;

import java.util.concurrent.locks.ReentrantLock;
import org.mckms.platform.hsm.RecoveryStep;
import org.mckms.platform.hsm.Token;
import org.mckms.platform.hsm.TokenException;
import org.mckms.platform.hsm.TokenFault;
import org.mckms.platform.hsm.TokenOpener;

/**
 * Makes sure that a PIN that was refused is not tried again by anybody but an operator, also if the token refused it after
 * the caller had given up waiting. One attempt at a time. Thread safe.
 */
final class PinGuard implements TokenOpener {

    private final TokenOpener opener;

    /** Not waited for: a library that hangs would collect threads. */
    private final ReentrantLock attempt = new ReentrantLock();

    private volatile TokenException refusal;

    PinGuard(TokenOpener opener) {
        this.opener = opener;
    }

    /** An operator answers for the next attempt. */
    void pinGivenAnew() {
        refusal = null;
    }

    @Override
    public Token open(RecoveryStep step, char[] pin) {
        if (!attempt.tryLock()) {
            throw new TokenException(TokenFault.BUSY, "An earlier attempt to open the token has not come back yet.");
        }
        try {
            TokenException earlier = refusal;
            if (earlier != null) {
                throw new TokenException(TokenFault.PIN, earlier.getMessage(), earlier);
            }
            return opener.open(step, pin);
        } catch (TokenException e) {
            if (e.fault() == TokenFault.PIN) {
                refusal = e;
            }
            throw e;
        } finally {
            attempt.unlock();
        }
    }
}
