package org.mckms.platform.datakey;

import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.secret.SecretOctets;

/**
 * Encrypts and protects rows in this process, under data keys that the token wraps. A data key costs one call of the token
 * when it is drawn, and one when it is met again after it was forgotten; everything else happens in memory. Thread safe,
 * inside and outside of transactions.
 *
 * <p>Errors of all methods: {@code HSM_UNAVAILABLE} if the token is lost, late or busy, {@code NOT_READY} if the vault is
 * not active or the token has no key for data keys yet, {@code DATABASE_UNAVAILABLE} if a data key cannot be read or
 * stored. Once the vault is deactivated or lost no data key is left in memory.
 */
public interface DataKeys {

    /** Octets of what {@link #mac} gives: the id of the data key, and HMAC-SHA-256. */
    int MAC_OCTETS = 48;

    /**
     * Encrypts and authenticates.
     *
     * @param clear not wiped; the caller does
     * @param aad   authenticated only; names everything that the clear octets belong to, with lengths where they vary
     */
    SealedData seal(byte[] clear, byte[] aad);

    /**
     * Undoes {@link #seal}, whichever node has sealed and however long ago.
     *
     * @return the clear octets, which the caller closes
     * @throws org.mckms.protocol.error.KmsException {@code INTERNAL}, and an audit record {@code ROW_TAMPERED}, if octets,
     *     key or {@code aad} are not those of sealing
     */
    SecretOctets open(SealedData sealed, byte[] aad);

    /**
     * Protects a public row that decides something.
     *
     * @param message all columns of the row and the name of its table, with lengths where they vary
     * @return {@link #MAC_OCTETS} octets
     */
    Octets mac(byte[] message);

    /** Compares in constant time; false for any wrong or cut MAC, and for one of a data key that does not exist. */
    boolean macMatches(byte[] message, Octets mac);
}
