package org.mckms.kms.domain;

import org.mckms.mikeysakke.InvalidValueException;

/**
 * One device of one identity, which has a TrK and an InK of its own.
 *
 * @param ownerUri the identity, octet by octet as in the access token; at most 512 characters
 * @param device   name of the device, 1 to 200 characters; {@link #DEFAULT_DEVICE} where a client names none
 */
public record ClientKeysId(String ownerUri, String device) {

    /** Device of an identity that names none. */
    public static final String DEFAULT_DEVICE = "default";

    /** Longest name of a device. */
    public static final int MAX_DEVICE_CHARACTERS = 200;

    public ClientKeysId {
        checkText(ownerUri, "an identity", RegisteredIdentity.MAX_URI_CHARACTERS);
        checkText(device, "the name of a device", MAX_DEVICE_CHARACTERS);
    }

    private static void checkText(String text, String what, int most) {
        if (text.isBlank() || text.length() > most || text.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidValueException(what + " has 1 to " + most + " characters and no control characters");
        }
    }

    @Override
    public String toString() {
        return ownerUri + " on " + device;
    }
}
