package org.mckms.gms.application.regroup;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.mckms.gms.domain.Group;
import org.mckms.gms.domain.GroupRegister;
import org.mckms.gms.domain.Member;
import org.mckms.gms.domain.MemberRegister;
import org.mckms.gms.domain.MessageRepository;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.group.GroupDocument;

/** Who belongs to a temporary group: everybody who is in one of the groups that it is made of, once. */
@ApplicationScoped
class RegroupedMembers {

    private static final int PAGE = 500;

    @Inject
    GroupRegister groups;

    @Inject
    MemberRegister members;

    @Inject
    MessageRepository messages;

    /**
     * Makes the members of a temporary group those that its parts have now.
     *
     * @param temporary locked by this transaction, or new in it
     * @return the group as it is now
     * @throws KmsException {@code CONFLICT} if it would have too many
     */
    Group join(Group temporary, List<Group> parts, Instant now) {
        Map<String, Optional<String>> wanted = new LinkedHashMap<>();
        parts.forEach(part -> all(part).forEach(member -> wanted.putIfAbsent(member.uri(), member.kmsUri())));
        if (wanted.size() > GroupDocument.MAX_MEMBERS) {
            throw new KmsException(
                    KmsErrorCode.CONFLICT,
                    "the temporary group would have more than " + GroupDocument.MAX_MEMBERS + " members");
        }
        Group group = temporary;
        List<Member> present = temporary.members() == 0 ? List.of() : all(temporary);
        for (Member member : present) {
            if (!wanted.containsKey(member.uri())) {
                members.remove(member);
                group = group.leftByOne();
            }
        }
        Set<String> held = present.stream().map(Member::uri).collect(Collectors.toSet());
        wanted.keySet().removeAll(held);
        return add(group, wanted, now);
    }

    /**
     * Takes users out of a temporary group, with the messages that are ready for them, unless one of its parts has them.
     *
     * @param temporary locked by this transaction
     * @param keys      of the temporary group
     * @return those who were members and are none now
     */
    List<String> leave(
            Group temporary, List<Group> parts, Collection<String> memberUris, Collection<KeyIdentifier> keys) {
        List<String> gone = new ArrayList<>();
        Group group = temporary;
        for (Member member : withoutPart(temporary, parts, List.copyOf(memberUris))) {
            messages.removeOfMember(keys, member.number());
            members.remove(member);
            group = group.leftByOne();
            gone.add(member.uri());
        }
        if (!gone.isEmpty()) {
            groups.change(group);
        }
        return gone;
    }

    private List<Member> withoutPart(Group temporary, List<Group> parts, List<String> uris) {
        List<Member> found = new ArrayList<>();
        for (int from = 0; from < uris.size(); from += PAGE) {
            List<String> some = uris.subList(from, Math.min(from + PAGE, uris.size()));
            Set<String> leaving = new TreeSet<>(members.present(temporary.uri(), some));
            parts.forEach(part -> leaving.removeAll(members.present(part.uri(), some)));
            leaving.forEach(uri -> members.find(temporary.uri(), uri).ifPresent(found::add));
        }
        return found;
    }

    private Group add(Group group, Map<String, Optional<String>> newcomers, Instant now) {
        List<Member> fresh = new ArrayList<>();
        newcomers.forEach(
                (uri, kms) -> fresh.add(new Member(group.uri(), group.lastMember() + fresh.size() + 1, uri, kms, now)));
        if (!fresh.isEmpty()) {
            members.addAll(fresh);
        }
        Group joined = group.joinedBy(fresh.size());
        groups.change(joined);
        return joined;
    }

    private List<Member> all(Group group) {
        List<Member> all = new ArrayList<>();
        List<Member> page = members.page(group.uri(), 0, PAGE);
        while (!page.isEmpty()) {
            all.addAll(page);
            page = members.page(group.uri(), page.get(page.size() - 1).number(), PAGE);
        }
        return all;
    }
}
