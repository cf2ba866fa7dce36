package org.mckms.client;

import org.mckms.protocol.cek.CekList;

/** Takes the content encryption keys that come with the key sets of a user. */
@FunctionalInterface
public interface CekReceiver {
    /** Passes them over, as a client does that does not protect SIP. */
    CekReceiver NONE = ceks -> {};

    /**
     * Takes all keys of an answer, durably, or none.
     *
     * @param ceks of an answer whose signature holds; closed by the caller afterwards
     * @throws KmsAnswerException if they contradict what is held, or are another's
     */
    void take(CekList ceks);
}
