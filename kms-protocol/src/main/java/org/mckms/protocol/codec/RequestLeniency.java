package org.mckms.protocol.codec;

/** What is let pass in a received request beside the standard. */
public enum RequestLeniency {
    /** The namespace of TS 33.180 only. */
    STANDARD,
    /** Any namespace: TS 33.179 leaves it open, and vendors chose their own. */
    REL13
}
