package org.mckms.kms.domain;

import java.util.List;
import java.util.Optional;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.StoredRow;

/** Stores bundle jobs. Every method runs inside a transaction of its caller. */
public interface BundleJobRepository {

    Optional<StoredRow<BundleJob>> find(BundleJobId id);

    /** As {@link #find}, and holds the row until the transaction ends. */
    Optional<StoredRow<BundleJob>> lock(BundleJobId id);

    void insert(MacProtected<BundleJob> job);

    void update(MacProtected<BundleJob> job);

    void remove(BundleJobId id);

    /** Jobs whose state column says so, oldest first. */
    List<StoredRow<BundleJob>> inState(BundleJobState state);

    /** The newest jobs, newest first. */
    List<StoredRow<BundleJob>> newest(int limit);
}
