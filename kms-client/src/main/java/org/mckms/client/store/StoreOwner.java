package org.mckms.client.store;

import java.util.Objects;

/**
 * Whose key store it is. TrK and InK belong to a user and device at one KMS, so a store does too; it never changes its
 * owner.
 *
 * @param kmsUri URI of the home KMS, as in its certificate
 * @param userUri the identity that signs requests, as in the access token, octet by octet
 * @param device name of the device, 1 to 200 characters
 */
public record StoreOwner(String kmsUri, String userUri, String device) {
    private static final int MAX_DEVICE_CHARACTERS = 200;

    public StoreOwner {
        Objects.requireNonNull(kmsUri, "kmsUri");
        Objects.requireNonNull(userUri, "userUri");
        if (kmsUri.isBlank() || userUri.isBlank()) {
            throw new IllegalArgumentException("the owner of a key store needs a KMS URI and a user URI");
        }
        if (device.isBlank() || device.length() > MAX_DEVICE_CHARACTERS) {
            throw new IllegalArgumentException("a device has a name of 1 to 200 characters");
        }
    }
}
