package org.mckms.platform.hsm;

/** How long masters may rest in memory between two uses. */
public enum LeaseMode {
    /** Every use derives them anew and wipes them at its end. */
    REQUEST,
    /** Kept for the uses that follow each other closely; after the lease the next use derives them anew. */
    BATCH,
    /** As {@link #BATCH}, and renewed in the background while they are in use. */
    ACTIVATION
}
