package org.mckms.gms.application.regroup;

import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.group.RegroupAcknowledgement;
import org.mckms.protocol.group.RegroupNotification;
import org.mckms.protocol.group.RegroupTeardown;

/** What the GMSs of partners ask for (CSC-16). Each may be repeated; a success has no content (HTTP 204). */
public interface PartnerRegroups {

    /**
     * As the partner: verifies, opens and stores the keys of a temporary group, in one transaction with the order to make the
     * messages for the own members.
     *
     * @throws KmsException {@code FORBIDDEN_IDENTITY} if the caller is not the primary or this GMS not the partner named;
     *     {@code NOT_FOUND} for a constituent group that is not here or not open to this partner; {@code
     *     KEY_MESSAGE_REFUSED}, {@code CONFLICT}
     */
    void notified(PartnerCaller caller, RegroupNotification notification);

    /**
     * As the primary: notes how the partner and its members fare.
     *
     * @throws KmsException {@code FORBIDDEN_IDENTITY}, or {@code NOT_FOUND} if no such regroup was sent to this partner
     */
    void acknowledged(PartnerCaller caller, RegroupAcknowledgement acknowledgement);

    /**
     * The other side has ended the regroup.
     *
     * @throws KmsException {@code FORBIDDEN_IDENTITY}, {@code NOT_FOUND}
     */
    void ended(PartnerCaller caller, RegroupTeardown teardown);
}
