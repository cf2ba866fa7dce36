package org.mckms.client;

import java.time.Instant;
import java.util.List;
import org.mckms.protocol.message.KmsCertificate;

/** Told by a {@link KeyRefresher} what happened, on its thread: return soon, and do not wait for the refresher. */
public interface RefreshListener {
    /** Hears nothing. */
    RefreshListener NONE = new RefreshListener() {};

    /** Key sets came. */
    default void keysArrived(List<KeySetSummary> keys) {}

    /** The KMS has gone to another root certificate; key sets under the old one stay until they are over. */
    default void rootChanged(KmsCertificate root) {}

    /** An attempt failed; what is held stays. */
    default void failed(KmsClientException cause, Instant nextTry) {}

    /** There is no key set for this identity now, and none could be fetched. */
    default void withoutKeys(String userUri) {}

    /**
     * The KMS does not take the TrK or InK of this device: it has to be registered again, out of band. An unsigned refusal
     * ({@link KmsRefusedException#signed()}) may be a forged one: ask the operator of the KMS before anything is thrown
     * away.
     */
    default void registrationNeeded(KmsRefusedException cause) {}
}
