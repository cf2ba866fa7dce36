package org.mckms.kms.domain;

import java.util.Optional;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.StoredRow;

/** Stores at most one waiting request per device of a server. Every method runs inside a transaction of its caller. */
public interface RegistrationRequestRepository {

    /** Holds the row until the transaction ends. */
    Optional<StoredRow<RegistrationRequest>> lock(ClientKeysId id);

    /** Replaces an older request for the same device. */
    void put(MacProtected<RegistrationRequest> request);

    void remove(ClientKeysId id);
}
