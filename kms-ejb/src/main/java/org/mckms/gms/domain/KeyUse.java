package org.mckms.gms.domain;

import java.util.Locale;

/** What a key of a group protects. */
public enum KeyUse {
    /** Media of group calls; always a GMK. */
    MEDIA,
    /** Floor control; an MKFC, or a second GMK where a group is set up so. */
    FLOOR;

    /** The Text of the key parameters (TS 33.180 annex E.6.5), by which two GMKs of one group are told apart. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
