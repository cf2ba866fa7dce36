package org.mckms.kms.domain;

import java.util.List;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.StoredRow;

/** Stores epochs. Every method runs inside a transaction of its caller. */
public interface EpochRepository {

    /** Waits for the one lock of all nodes under which token keys are made, and holds it until the transaction ends. */
    void lockCeremony();

    /** All epochs, newest validity first. */
    List<StoredRow<Epoch>> all();

    /** Whether there is a row of this id, whatever stands in it. */
    boolean exists(EpochId id);

    /** Fails at once if the id or the CertUri is taken. */
    void insert(MacProtected<Epoch> epoch);

    /** Changes state and MAC. */
    void update(MacProtected<Epoch> epoch);
}
