package org.mckms.kms.application.cek;

import java.util.List;
import java.util.function.Consumer;
import org.mckms.kms.domain.cek.CekReference;
import org.mckms.platform.audit.AuditNote;
import org.mckms.protocol.cek.Cek;
import org.mckms.protocol.cek.CekAcknowledgement;

/** What servers are told of content encryption keys, and what they say. Every method runs inside a transaction of its caller. */
public interface CekChanges {

    /**
     * The changes as they go to a server, with the users' URIs.
     *
     * @param references changes that are due, at most 256
     * @return of those whose revision is still the newest and not acknowledged, in any order, which the caller closes; of the others there is
     *     nothing to tell any more
     * @throws org.mckms.protocol.error.KmsException {@code HSM_UNAVAILABLE} or {@code NOT_READY}
     */
    List<Cek> toPush(String serverUri, List<CekReference> references);

    /**
     * Notes what a server has confirmed: pending keys become active, keys in whose place they come retire. An item with a
     * fault is written down and changes nothing; so does, without a word, an item about a key that is not this server's, that is
     * forgotten by now, or about a revision that was never made. The same items again change nothing.
     *
     * @param trail takes the audit records
     */
    void acknowledged(String serverUri, List<CekAcknowledgement.Item> items, Consumer<AuditNote> trail);
}
