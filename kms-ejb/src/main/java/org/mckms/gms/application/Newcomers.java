package org.mckms.gms.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mckms.gms.domain.Group;
import org.mckms.gms.domain.GroupRegister;
import org.mckms.gms.domain.Member;
import org.mckms.gms.domain.MemberRegister;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.group.GroupDocument;

/** Lets members into groups. */
@ApplicationScoped
class Newcomers {

    /** URIs that one question to the database names. */
    private static final int URIS_PER_QUERY = 500;

    @Inject
    GroupRegister groups;

    @Inject
    MemberRegister members;

    /**
     * Adds members in the order given.
     *
     * @param group locked by this transaction
     * @return the group as it is now; the newcomers have the numbers after its former last member
     * @throws KmsException {@code MALFORMED_REQUEST} if somebody is named twice or a URI cannot be one; {@code CONFLICT} if
     *     somebody is a member already or the group would have more than {@value GroupDocument#MAX_MEMBERS} members
     */
    Group add(Group group, List<MemberOrder> orders, Instant now) {
        checkDistinct(orders);
        checkNew(group, orders);
        if (group.members() + orders.size() > GroupDocument.MAX_MEMBERS) {
            throw new KmsException(
                    KmsErrorCode.CONFLICT, "a group has at most " + GroupDocument.MAX_MEMBERS + " members");
        }
        if (orders.isEmpty()) {
            return group;
        }
        List<Member> fresh = new ArrayList<>();
        for (MemberOrder order : orders) {
            int number = Math.addExact(group.lastMember(), fresh.size() + 1);
            fresh.add(GroupRights.given(() -> new Member(group.uri(), number, order.uri(), order.kmsUri(), now)));
        }
        members.addAll(fresh);
        Group joined = group.joinedBy(fresh.size());
        groups.change(joined);
        return joined;
    }

    private static void checkDistinct(List<MemberOrder> orders) {
        Set<String> named = new HashSet<>();
        for (MemberOrder order : orders) {
            if (!named.add(order.uri())) {
                throw new KmsException(KmsErrorCode.MALFORMED_REQUEST, "a member is named twice");
            }
        }
    }

    private void checkNew(Group group, List<MemberOrder> orders) {
        for (int from = 0; group.members() > 0 && from < orders.size(); from += URIS_PER_QUERY) {
            List<String> some = orders.subList(from, Math.min(from + URIS_PER_QUERY, orders.size())).stream()
                    .map(MemberOrder::uri)
                    .toList();
            List<String> present = members.present(group.uri(), some);
            if (!present.isEmpty()) {
                throw new KmsException(KmsErrorCode.CONFLICT, present.get(0) + " is a member already");
            }
        }
    }
}
