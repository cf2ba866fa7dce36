package org.mckms.kms.domain.cek;

/** Where a content encryption key stands. */
public enum CekState {
    /** Made; its server has not acknowledged it yet. */
    PENDING,
    /** Both ends have it; of one scope at most one key is. */
    ACTIVE,
    /** A newer key of its scope is active; until its end it still opens messages. */
    RETIRING,
    /** Over; the octets of the key are erased. */
    ENDED;

    /** Whether users are given it to seal with, now or once the server has it. */
    public boolean isLive() {
        return this == PENDING || this == ACTIVE;
    }
}
