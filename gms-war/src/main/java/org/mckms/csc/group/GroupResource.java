package org.mckms.csc.group;

import java.util.List;

/** A resource of group management. */
sealed interface GroupResource permits ManagerResource, MemberResource, PartnerResource {

    /** The methods it takes. */
    List<String> methods();
}
