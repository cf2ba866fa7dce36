package org.mckms.platform.delivery;

/** How far a delivery is. One that has arrived is no row any more. */
public enum OutboxState {
    /** To be tried when it is due and nothing of its topic and destination is ahead of it. */
    WAITING,
    /** Set aside by itself: nothing waits for it until it is due; then it waits at its place as others do. */
    ASIDE,
    /** Handed to a node, which may have it under way, until its lease ends. */
    CLAIMED,
    /** Given up; operators can retry or drop it. */
    DEAD
}
