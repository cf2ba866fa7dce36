package org.mckms.platform.audit;

import org.mckms.protocol.audit.ChainHead;

/** A chain as the database knows it; its head is moved in the transaction that adds the records. */
record StoredChain(String chain, String node, State state, ChainHead head) {

    enum State {
        /** Its node appends to it, or has crashed. */
        OPEN,
        /** Ended by its node. */
        CLOSED,
        /** Ended by a later start of its node, which found it open. */
        ADOPTED
    }
}
