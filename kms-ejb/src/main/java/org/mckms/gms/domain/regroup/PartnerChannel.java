package org.mckms.gms.domain.regroup;

import org.mckms.protocol.group.RegroupAcknowledgement;
import org.mckms.protocol.group.RegroupNotification;
import org.mckms.protocol.group.RegroupRekeyRequest;
import org.mckms.protocol.group.RegroupTeardown;

/**
 * The way to the GMSs of partners. Each method blocks up to the time limits of an exchange and never throws for what the
 * partner does or fails to do.
 */
public interface PartnerChannel {

    /** Sends keys to the partner named in it. */
    PartnerAnswer send(RegroupNotification notification);

    /** Tells the primary how the keys fare. */
    PartnerAnswer send(String primaryGmsUri, RegroupAcknowledgement acknowledgement);

    /** Asks the primary named in it for new keys. */
    PartnerAnswer send(RegroupRekeyRequest request);

    /** Tells the other side of the end. */
    PartnerAnswer send(String otherGmsUri, RegroupTeardown teardown);
}
