package org.mckms.kms.infrastructure.vault;

import java.util.Optional;
import java.util.function.Function;
import org.mckms.platform.hsm.SealedOctets;
import org.mckms.platform.hsm.Token;
import org.mckms.platform.hsm.TokenException;
import org.mckms.platform.hsm.TokenFault;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** Calls of the token in use, with its faults told as refusals. */
final class TokenAccess {

    private final VaultSwitch vaultSwitch;

    TokenAccess(VaultSwitch vaultSwitch) {
        this.vaultSwitch = vaultSwitch;
    }

    /** A key that is missing was not made yet, unless the token is damaged; both need an officer. */
    <T> T call(Function<Token, T> call) {
        Token token = vaultSwitch.require().token();
        try {
            return call.apply(token);
        } catch (TokenException e) {
            if (e.fault() == TokenFault.KEY_MISSING) {
                throw new KmsException(KmsErrorCode.NOT_READY, "the store keys of the token were not made yet", e);
            }
            throw VaultErrors.of(e);
        }
    }

    /** The key of a row that encrypts now. Calls the token only if there seems to be none. */
    String newest(StoreRow row) {
        return call(token -> {
            if (row.newest(token.keyLabels()) == 0) {
                token.reload(); // another node may have made one after this token was loaded
            }
            int newest = row.newest(token.keyLabels());
            if (newest == 0) {
                throw new TokenException(TokenFault.KEY_MISSING, "The token has no key '" + row.label(1) + "'.");
            }
            return row.label(newest);
        });
    }

    /** @return a fresh array, which the caller wipes; empty if octets or {@code aad} are not those that were sealed */
    Optional<byte[]> open(String label, SealedOctets sealed, byte[] aad) {
        return call(token -> {
            findKey(token, label);
            try {
                return Optional.of(token.open(label, sealed, aad));
            } catch (TokenException e) {
                if (e.fault() == TokenFault.ALTERED) {
                    return Optional.<byte[]>empty();
                }
                throw e;
            }
        });
    }

    /** Another node may have made the key after this token was loaded. */
    private static void findKey(Token token, String label) {
        if (!token.keyLabels().contains(label)) {
            token.reload();
        }
    }
}
