package org.mckms.kms.domain;

/** Whether an epoch still issues keys. */
public enum EpochState {
    /** Its masters can be loaded. */
    ACTIVE,
    /** Its token keys were destroyed; it never issues again. */
    RETIRED
}
