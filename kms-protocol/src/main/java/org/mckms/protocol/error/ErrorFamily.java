package org.mckms.protocol.error;

/** The three families of errors: the sender's mistake, a decision against the sender, and our own fault. */
public enum ErrorFamily {
    /** What was sent is wrong or does not fit the present state. */
    BAD_INPUT,
    /** What was sent is well formed but not allowed. */
    REFUSAL,
    /** The server could not do its work. */
    FAULT
}
