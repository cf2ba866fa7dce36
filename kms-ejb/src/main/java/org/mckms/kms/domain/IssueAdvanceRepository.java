package org.mckms.kms.domain;

import java.util.Optional;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.StoredRow;

/** Stores at most one waiting request per identity. Every method runs inside a transaction of its caller. */
public interface IssueAdvanceRepository {

    Optional<StoredRow<IssueAdvanceRequest>> find(String uri);

    /** Replaces an older request for the same identity. */
    void put(MacProtected<IssueAdvanceRequest> request);

    void remove(String uri);
}
