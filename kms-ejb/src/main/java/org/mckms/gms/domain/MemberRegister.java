package org.mckms.gms.domain;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.RowFields;
import org.mckms.platform.row.StoredRow;

/** The members of groups, checked against their MACs: nobody becomes a member by writing to the database. */
public final class MemberRegister {

    private static final String TABLE = "gms-member";

    private final MemberRepository rows;
    private final GroupRegister groups;
    private final GroupGuard guard;

    public MemberRegister(MemberRepository rows, GroupRegister groups, GroupGuard guard) {
        this.rows = requireNonNull(rows, "rows");
        this.groups = requireNonNull(groups, "groups");
        this.guard = requireNonNull(guard, "guard");
    }

    public void addAll(List<Member> members) {
        rows.insertAll(members.stream().map(this::protect).toList());
    }

    public Optional<Member> find(String groupUri, String memberUri) {
        return rows.find(groupUri, memberUri).map(this::trusted);
    }

    /** By number, from {@code first} to {@code last}, both included. */
    public List<Member> range(String groupUri, int first, int last) {
        return trusted(rows.range(groupUri, first, last));
    }

    /** By number, those after {@code after}. */
    public List<Member> page(String groupUri, int after, int limit) {
        return trusted(rows.page(groupUri, after, limit));
    }

    /**
     * Numbers of all members in order.
     *
     * @throws org.mckms.protocol.error.KmsException {@code INTERNAL} if there are more or fewer than the group says: rows
     *     were put back or taken away past this server
     */
    public List<Integer> numbers(Group group) {
        List<Integer> numbers = rows.numbers(group.uri());
        if (numbers.size() != group.members()) {
            throw groups.wrongCount(group, numbers.size());
        }
        return numbers;
    }

    /** Numbers of the members whose KMS is the named one, in order. */
    public List<Integer> numbersOfKms(String groupUri, String kmsUri) {
        return rows.numbersOfKms(groupUri, kmsUri);
    }

    /** Which of some URIs are members already. */
    public List<String> present(String groupUri, Collection<String> memberUris) {
        return rows.present(groupUri, memberUris);
    }

    /** The URIs of all members, unchecked: of use only to look members up by. */
    public List<String> uris(String groupUri) {
        return rows.uris(groupUri);
    }

    /** One user as a member of all groups, by URI of the group. */
    public List<Member> ofUser(String memberUri, int limit) {
        return trusted(rows.ofUser(memberUri, limit));
    }

    public void remove(Member member) {
        rows.remove(member.groupUri(), member.number());
    }

    private List<Member> trusted(List<StoredRow<Member>> found) {
        return found.stream().map(this::trusted).toList();
    }

    private Member trusted(StoredRow<Member> row) {
        return guard.trusted(TABLE, row, this::fields);
    }

    private MacProtected<Member> protect(Member member) {
        return guard.protect(member, fields(member));
    }

    private RowFields fields(Member member) {
        return guard.fields(TABLE)
                .text(member.groupUri())
                .number(member.number())
                .text(member.uri())
                .text(member.kmsUri())
                .time(member.joinedAt());
    }
}
