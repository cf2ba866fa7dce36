package org.mckms.platform.hsm;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * Where the token is and how it is treated.
 *
 * @param library       absolute path of the PKCS#11 library
 * @param slotListIndex index into the library's list of slots, from 0
 * @param tokenLabel    label of the token expected there
 * @param timeout       limit of one token call, from its acceptance to its answer
 * @param lease         how long masters rest in memory
 * @param recovery      what is done about a lost token
 */
public record HsmSettings(
        Path library,
        int slotListIndex,
        String tokenLabel,
        Duration timeout,
        LeasePolicy lease,
        RecoverySettings recovery) {

    public HsmSettings {
        Objects.requireNonNull(lease, "lease");
        Objects.requireNonNull(recovery, "recovery");
        if (!library.isAbsolute()) {
            throw new IllegalArgumentException("the path of the PKCS#11 library is not absolute: " + library);
        }
        if (slotListIndex < 0) {
            throw new IllegalArgumentException("the slot list index is negative: " + slotListIndex);
        }
        if (tokenLabel.isBlank() || tokenLabel.length() > 32) {
            throw new IllegalArgumentException("a token label has 1 to 32 characters: '" + tokenLabel + "'");
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("the time limit of token calls is not positive: " + timeout);
        }
    }
}
