package org.mckms.kms.application;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.kms.domain.cek.OpenedCeks;
import org.mckms.platform.audit.AuditNote;
import org.mckms.protocol.cek.CekList;
import org.mckms.protocol.error.KmsException;

/** The content encryption keys that go with the key sets of users. */
public interface KeysBesideKeySets {

    /** Whether the answer to a request for key sets brings them. */
    boolean goWithKeys(AuthenticatedIdentity caller, AnswerForm form);

    /** Gets ready what making them takes, before the transaction. Never throws. */
    void prepare();

    /**
     * Finds or makes them, inside the transaction of the key sets, which holds the rows of the identities. A user of whom too
     * many ends are not acknowledged gets no new one.
     *
     * @param given takes them over; the caller closes it
     * @throws KmsException {@code UNAUTHENTICATED} if the caller's token was revoked since the request was let in
     */
    void add(
            AuthenticatedIdentity caller,
            List<String> userUris,
            Instant now,
            OpenedCeks given,
            Consumer<AuditNote> trail);

    /**
     * Looks at the token once more, after the transaction; keys made under a revoked one end.
     *
     * @throws KmsException {@code UNAUTHENTICATED}
     */
    void checkStill(AuthenticatedIdentity caller);

    /** As they travel; empty if there are none. The receiver closes it. */
    Optional<CekList> list(OpenedCeks given, String addressee);
}
