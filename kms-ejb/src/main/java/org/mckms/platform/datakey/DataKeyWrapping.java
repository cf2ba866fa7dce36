package org.mckms.platform.datakey;

import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * The token's keys {@code kms.store.session.<n>}, which wrap data keys. {@link #wrap} and {@link #unwrap} are one call of
 * the token each: {@code HSM_UNAVAILABLE} if it is lost, late or busy, {@code NOT_READY} if the vault is not active.
 */
public interface DataKeyWrapping {

    /**
     * Tells one activation of the vault from the next; what was unwrapped in another one is not used any more. Does not
     * call the token.
     *
     * @throws org.mckms.protocol.error.KmsException {@code NOT_READY} if the vault is inactive, {@code HSM_UNAVAILABLE} if
     *     the token is lost
     */
    long activation();

    /** Has the number of each activation told at once when the vault is deactivated or lost; {@code wipe} never fails. */
    void whenEnded(LongConsumer wipe);

    /**
     * Wraps under the key with the highest number. Inside a transaction: the use is counted there.
     *
     * @param key not wiped
     * @throws org.mckms.protocol.error.KmsException {@code NOT_READY} if the token has no such key yet, or the newest was
     *     used as often as it may be
     */
    WrappedKey wrap(byte[] key, byte[] aad);

    /** @return a fresh array, which the caller wipes; empty if octets or {@code aad} are not those that were wrapped */
    Optional<byte[]> unwrap(WrappedKey wrapped, byte[] aad);
}
