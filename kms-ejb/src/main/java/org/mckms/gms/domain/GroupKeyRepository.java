package org.mckms.gms.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.StoredRow;

/** Stores keys of groups. Every method runs inside a transaction of its caller. */
public interface GroupKeyRepository {

    void insert(MacProtected<StoredGroupKey> key);

    void update(MacProtected<StoredGroupKey> key);

    Optional<StoredRow<StoredGroupKey>> find(KeyIdentifier keyId);

    /** By generation, then use. */
    List<StoredRow<StoredGroupKey>> ofGroup(String groupUri);

    /** Keys that were superseded or expired before a time. */
    List<KeyIdentifier> overBefore(Instant time, int limit);

    /** With the messages that carry it. */
    void remove(KeyIdentifier keyId);
}
