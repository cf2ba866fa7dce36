package org.mckms.kms.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mckms.mikeysakke.Octets;

/** The items of bundle jobs. Every method runs inside a transaction of its caller. */
public interface BundleItems {

    /** @return whether it was added; false if the job has this user and device already */
    boolean add(BundleJobId job, int number, String userUri, Optional<String> device);

    /**
     * Open items of a job that no other transaction has claimed, in order; they are this transaction's until it ends. If it
     * ends without a commit, because the node died or for any other reason, they are open and unclaimed again.
     */
    List<BundleItem> claim(BundleJobId job, int most);

    void done(BundleJobId job, int number, Octets sha256, Instant now);

    /** @param failure at most 500 characters */
    void failed(BundleJobId job, int number, String failure, Instant now);

    BundleProgress progress(BundleJobId job);

    /** In order, those after {@code after}; only those of one state if one is given. */
    List<BundleItem> page(BundleJobId job, int after, int limit, Optional<BundleItemState> state);

    Optional<BundleItem> find(BundleJobId job, int number);

    void removeAll(BundleJobId job);
}
