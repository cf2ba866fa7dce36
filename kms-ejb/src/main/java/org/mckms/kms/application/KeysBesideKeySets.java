package org.mckms.kms.application;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.kms.domain.cek.OpenedCeks;
import org.mckms.platform.audit.AuditNote;
import org.mckms.protocol.cek.CekList;

/** The content encryption keys that go with the key sets of users. */
public interface KeysBesideKeySets {

    /** Whether the answer to a request for key sets brings them. */
    boolean goWithKeys(AuthenticatedIdentity caller, AnswerForm form);

    /**
     * Finds or makes them, inside the transaction of the key sets, which holds the rows of the identities.
     *
     * @param given takes them over; the caller closes it
     */
    void add(
            AuthenticatedIdentity caller,
            List<String> userUris,
            Instant now,
            OpenedCeks given,
            Consumer<AuditNote> trail);

    /** As they travel; empty if there are none. The receiver closes it. */
    Optional<CekList> list(OpenedCeks given, String addressee);
}
