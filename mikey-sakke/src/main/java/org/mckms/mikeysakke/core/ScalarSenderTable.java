package org.mckms.mikeysakke.core;

import org.mckms.mikeysakke.curve.EdwardsPoint;

/** Adds multiples of the public key Z_T of a KMS. */
interface ScalarSenderTable extends SenderTable {
    /** sum = sum + [r]Z, where {@code sum} has order q or 1; r is 128 octets, below q. */
    void addMultiple(EdwardsPoint sum, byte[] r);
}
