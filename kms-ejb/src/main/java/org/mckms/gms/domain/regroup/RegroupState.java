package org.mckms.gms.domain.regroup;

/** How far the part of one partner in a regroup is. Both sides use the same words; a partner begins with {@link #STORED}. */
public enum RegroupState {
    /** The keys are on their way; a reason tells why the last attempt failed. */
    REQUESTED,
    /** The partner took the message in; whether its keys are good and stored it tells by itself. */
    DELIVERED,
    /** The partner holds the keys; its members do not have all of them yet. */
    STORED,
    /** Every member of the partner has acknowledged or failed. */
    SETTLED,
    /** The partner refused, could not be reached or never answered, or none of its members could take the keys. */
    FAILED,
    /** This side has ended it; the other has not heard so yet. */
    ENDING,
    /** Both sides know that it has ended. */
    ENDED;

    /** Whether nothing but the end can follow. */
    public boolean isOver() {
        return this == ENDING || this == ENDED;
    }
}
