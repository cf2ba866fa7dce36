package org.mckms.kms.domain;

import java.util.Optional;

/**
 * The token's keys {@code kms.store.client.<n>}, under which keys of devices are sealed. Each method but {@link
 * #currentLabel} is one call of the token: {@code HSM_UNAVAILABLE} if it is lost, late or busy, {@code NOT_READY} if the
 * vault is not active.
 */
public interface ClientStore {

    /**
     * The key that seals now: the one with the highest number. Calls the token only if there seems to be none.
     *
     * @throws org.mckms.protocol.error.KmsException {@code NOT_READY} if the token has none yet
     */
    String currentLabel();

    /**
     * Encrypts and authenticates; {@code aad} is authenticated only.
     *
     * @param clear not wiped
     */
    SealedClientKeys seal(String label, byte[] clear, byte[] aad);

    /** @return a fresh array, which the caller wipes; empty if octets or {@code aad} are not those that were sealed */
    Optional<byte[]> open(String label, SealedClientKeys sealed, byte[] aad);
}
