package org.mckms.gms.domain;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.StoredRow;

/** Stores callbacks, one for each member. Every method runs inside a transaction of its caller. */
public interface CallbackRepository {

    Optional<StoredRow<Callback>> find(String memberUri);

    /** Those there are, in no order. */
    List<StoredRow<Callback>> findAll(Collection<String> memberUris);

    /** Stores it in the place of one that the member had. */
    void put(MacProtected<Callback> callback);

    /** @return whether there was one */
    boolean remove(String memberUri);
}
