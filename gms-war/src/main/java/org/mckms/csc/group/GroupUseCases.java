package org.mckms.csc.group;

import java.util.function.BiFunction;

/** The use cases behind the resources of each side. */
record GroupUseCases(
        BiFunction<GroupCall, ManagerResource, GroupAnswer> managers,
        BiFunction<GroupCall, MemberResource, GroupAnswer> members,
        BiFunction<GroupCall, PartnerResource, GroupAnswer> partners) {

    /** Calls the one use case of a resource. */
    GroupAnswer answer(GroupCall call, GroupResource resource) {
        if (resource instanceof ManagerResource manager) {
            return managers.apply(call, manager);
        }
        if (resource instanceof PartnerResource partner) {
            return partners.apply(call, partner);
        }
        return members.apply(call, (MemberResource) resource);
    }
}
