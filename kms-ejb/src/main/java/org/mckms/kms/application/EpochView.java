package org.mckms.kms.application;

import org.mckms.kms.domain.Epoch;
import org.mckms.kms.domain.EpochId;
import org.mckms.kms.domain.EpochOrigin;
import org.mckms.kms.domain.EpochPurpose;
import org.mckms.kms.domain.EpochState;
import org.mckms.protocol.message.KmsCertificate;

/**
 * One epoch as operators see it.
 *
 * @param current whether key sets of the current key period belong to it
 */
public record EpochView(
        EpochId id,
        EpochPurpose purpose,
        EpochOrigin origin,
        EpochState state,
        KmsCertificate certificate,
        boolean current) {

    static EpochView of(Epoch epoch, boolean current) {
        return new EpochView(epoch.id(), epoch.purpose(), epoch.origin(), epoch.state(), epoch.certificate(), current);
    }
}
