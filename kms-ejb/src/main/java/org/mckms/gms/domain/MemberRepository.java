package org.mckms.gms.domain;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.StoredRow;

/** Stores members. Every method runs inside a transaction of its caller and costs the same per member in large groups. */
public interface MemberRepository {

    void insertAll(List<MacProtected<Member>> members);

    Optional<StoredRow<Member>> find(String groupUri, String memberUri);

    /** By number, from {@code first} to {@code last}, both included. */
    List<StoredRow<Member>> range(String groupUri, int first, int last);

    /** By number, those after {@code after}. */
    List<StoredRow<Member>> page(String groupUri, int after, int limit);

    /** Numbers of all members in order. */
    List<Integer> numbers(String groupUri);

    /** Numbers of the members whose KMS is the named one, in order. */
    List<Integer> numbersOfKms(String groupUri, String kmsUri);

    /** Which of some URIs are members. */
    List<String> present(String groupUri, Collection<String> memberUris);

    /** URIs of all members. */
    List<String> uris(String groupUri);

    /** Rows of one user in all groups, by URI of the group. */
    List<StoredRow<Member>> ofUser(String memberUri, int limit);

    void remove(String groupUri, int number);
}
