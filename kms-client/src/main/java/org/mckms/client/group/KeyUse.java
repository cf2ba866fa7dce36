package org.mckms.client.group;

import org.mckms.mikeysakke.mikey.KeyPurpose;

/** What a key of a group protects. */
public enum KeyUse {
    /** Media of group calls. */
    MEDIA,
    /** Floor control: an MKFC, or a second GMK that says so. */
    FLOOR;

    /** The Text of the key parameters (TS 33.180 clause E.6.5) that tells a GMK for floor control from one for media. */
    public static final String FLOOR_TEXT = "floor";

    /** The use of a key by its kind and text. */
    public static KeyUse of(KeyPurpose purpose, String text) {
        return purpose == KeyPurpose.MKFC || text.equals(FLOOR_TEXT) ? FLOOR : MEDIA;
    }
}
