package org.mckms.client;

import java.util.List;
import org.mckms.protocol.cek.CekList;

/** Takes the content encryption keys that come with the key sets of the identities of a client. */
@FunctionalInterface
public interface CekReceiver {
    /** Passes them over, as a client does that does not protect SIP. */
    CekReceiver NONE = (ceks, addressee) -> {};

    /**
     * Takes the keys of an answer that are meant for this receiver, durably, all or none.
     *
     * @param ceks of an answer whose signature holds; closed by the caller afterwards
     * @param addressee the user whose keys name no user
     * @throws KmsAnswerException if they contradict what is held
     */
    void take(CekList ceks, String addressee);

    /** For a client of several identities: each receiver takes what is meant for it. */
    static CekReceiver all(List<CekReceiver> receivers) {
        List<CekReceiver> kept = List.copyOf(receivers);
        return (ceks, addressee) -> kept.forEach(receiver -> receiver.take(ceks, addressee));
    }
}
