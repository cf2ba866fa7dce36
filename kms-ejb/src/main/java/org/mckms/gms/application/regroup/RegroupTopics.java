package org.mckms.gms.application.regroup;

import java.util.List;
import org.mckms.gms.domain.regroup.RegroupKey;
import org.mckms.gms.domain.regroup.RegroupPart;
import org.mckms.gms.domain.regroup.RegroupRole;
import org.mckms.platform.delivery.DeliveryOrder;
import org.mckms.platform.delivery.OutboxEntry;

/**
 * The topics under which messages to other GMSs wait in the outbox. An order names the regroup only: what is said is made when
 * it is delivered, from the state of then, so that a newer order makes those before it pointless.
 */
final class RegroupTopics {

    /** From the primary to a partner: keys, or the end. */
    static final String REGROUP = "gms.regroup";

    /** From a partner to the primary: how the keys fare, or the end. */
    static final String ACKNOWLEDGEMENT = "gms.regroup-ack";

    /** From a partner to the primary: new keys are wanted. */
    static final String REKEY_REQUEST = "gms.regroup-rekey";

    /** URIs and names of regroups have no white space. */
    private static final String SEPARATOR = " ";

    private RegroupTopics() {}

    static String of(RegroupRole role) {
        return role == RegroupRole.PRIMARY ? REGROUP : ACKNOWLEDGEMENT;
    }

    static DeliveryOrder order(RegroupPart part) {
        return new DeliveryOrder(part.otherGmsUri(), reference(part.key()));
    }

    /** Ends with a separator, so that it is the beginning of no other one. */
    static String reference(RegroupKey key) {
        return String.join(SEPARATOR, List.of(key.regroupId(), key.primaryGmsUri(), key.partnerGmsUri(), ""));
    }

    /** An order to ask for keys in the place of those that a partner holds. */
    static DeliveryOrder rekeyOrder(RegroupPart part) {
        return new DeliveryOrder(part.otherGmsUri(), reference(part.key()) + part.generation());
    }

    /** The generation that an order made by {@link #rekeyOrder} names. */
    static long generation(OutboxEntry entry) {
        String reference = entry.reference();
        return Long.parseLong(reference.substring(reference.lastIndexOf(SEPARATOR) + 1));
    }

    static RegroupKey key(OutboxEntry entry) {
        String[] parts = entry.reference().split(SEPARATOR);
        return new RegroupKey(parts[1], parts[0], parts[2]);
    }
}
