package org.mckms.kms.domain;

/** What the keys of an epoch may be used for; part of the derivation of its masters. */
public enum EpochPurpose {
    /** Real users; published masters and the development IdM are refused. */
    PRODUCTION((byte) 0x01),
    /** Tests and demonstrations; masters printed in a standard may be imported. */
    DEVELOPMENT((byte) 0x02);

    private final byte code;

    EpochPurpose(byte code) {
        this.code = code;
    }

    /** The octet that stands for this purpose in a derivation context; never renumbered. */
    public byte code() {
        return code;
    }
}
