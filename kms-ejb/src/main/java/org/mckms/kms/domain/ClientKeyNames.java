package org.mckms.kms.domain;

/**
 * Names for a new TrK and InK, as deployed systems shape them: {@code tk.12.user@example.org}.
 *
 * @param number counts the keys of an identity over all its devices, from 1
 */
public record ClientKeyNames(int number, String transport, String integrity) {

    /** Whether a device has a key of one of these names. */
    boolean isTakenBy(ClientKeysRecord device) {
        return device.names(transport) || device.names(integrity);
    }

    static ClientKeyNames of(int number, String ownerUri) {
        return new ClientKeyNames(number, "tk." + number + "." + ownerUri, "ink." + number + "." + ownerUri);
    }
}
