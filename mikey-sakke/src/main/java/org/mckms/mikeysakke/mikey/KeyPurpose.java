package org.mckms.mikeysakke.mikey;

import java.util.Optional;

/**
 * What a distributed key is for. The number is both the purpose tag, the 4 most significant bits of a key identifier (TS 33.180
 * clause 5.2.2), and the key type of the key parameters (clause E.6.11).
 */
public enum KeyPurpose {
    /** Group master key: group media, and floor control where so chosen. */
    GMK(0, true, true),
    /** Private call key. */
    PCK(1, false, false),
    /** Client-server key. */
    CSK(2, false, false),
    /** Signalling protection key, between servers. */
    SPK(3, false, false),
    /** Multicast floor control key; comes from the GMS beside the GMK, and is diversified as that is. */
    MKFC(4, true, true),
    /** MBMS subchannel control key. */
    MSCCK(5, false, false),
    /** Multicast signalling key, the same for all receivers (clause 5.8.1). */
    MUSIK(6, false, true);

    private final int tag;
    private final boolean diversified;
    private final boolean forGroups;

    KeyPurpose(int tag, boolean diversified, boolean forGroups) {
        this.tag = tag;
        this.diversified = diversified;
        this.forGroups = forGroups;
    }

    /** The purpose with this tag, if there is one. */
    public static Optional<KeyPurpose> ofTag(int tag) {
        return tag >= 0 && tag < values().length ? Optional.of(values()[tag]) : Optional.empty();
    }

    /** Purpose tag and key type, 0..6. */
    public int tag() {
        return tag;
    }

    /**
     * Whether each receiver knows the key by an identifier of its own, the GUK-ID, which is the CSB-ID of its message (clause 5.2.3);
     * otherwise the CSB-ID is the identifier of the key.
     */
    public boolean isDiversified() {
        return diversified;
    }

    /** Whether the key parameters have a list of groups (clause E.6.3). */
    public boolean hasGroups() {
        return forGroups;
    }
}
