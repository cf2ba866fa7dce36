package org.mckms.gms.application.regroup;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.mckms.gms.application.GroupCaller;
import org.mckms.gms.domain.Group;
import org.mckms.gms.domain.GroupKeyToSend;
import org.mckms.gms.domain.regroup.IncomingKey;
import org.mckms.gms.domain.regroup.RegroupCounts;
import org.mckms.protocol.group.McService;

/** What a regroup needs of the groups of this server. Every method is called inside a transaction. */
interface TemporaryGroups {

    Optional<Group> find(String uri);

    /**
     * At the primary: holds the groups named until the transaction ends, makes the temporary group and its first keys; its members are those of the groups named.
     *
     * @throws org.mckms.protocol.error.KmsException {@code NOT_FOUND} for a group that is not the caller's, {@code CONFLICT}
     *     if the URI is taken
     */
    Group make(GroupCaller owner, RegroupOrder order, Instant now);

    /** At the primary: new keys for those who are members of the groups now. */
    Group rekey(String temporaryGroupUri, List<String> ownGroups, Optional<Instant> activation, Instant now);

    /**
     * At the partner: owners of its groups that are to take part, each once.
     *
     * @throws org.mckms.protocol.error.KmsException {@code NOT_FOUND} for a group that is not here, has ended, is temporary
     *     itself or of another service
     */
    List<String> owners(List<String> groupUris, McService service);

    /**
     * At the partner: holds the groups named until the transaction ends, makes the temporary group with keys from elsewhere; its members are those of the groups named.
     *
     * @throws org.mckms.protocol.error.KmsException {@code CONFLICT} if the URI is taken, {@code KEY_MESSAGE_REFUSED} if a
     *     key identifier is
     */
    Group keep(Foreign foreign, List<IncomingKey> keys, Instant now);

    /** At the partner: the next generation from elsewhere, for those who are members of the groups now. */
    Group keepNext(Foreign foreign, List<IncomingKey> keys, Instant now);

    /**
     * At the partner: passes if these are the keys of the newest generation, compared in constant time.
     *
     * @throws org.mckms.protocol.error.KmsException {@code KEY_MESSAGE_REFUSED}
     */
    void requireSame(Group group, List<IncomingKey> keys);

    /** A temporary group of another GMS. */
    record Foreign(String uri, String primaryGmsUri, List<String> constituentGroups, McService service) {}

    /** Its keys are revoked, its members told. Nothing happens to one that has ended. */
    void tearDown(String temporaryGroupUri, Instant now);

    /**
     * Takes users out who are in none of the groups named any more.
     *
     * @param ownGroups  what the temporary group is made of at this server
     * @param memberUris who left one of them
     * @return those who were members and are none now
     */
    List<String> leave(String temporaryGroupUri, List<String> ownGroups, Collection<String> memberUris);

    /** When the newest generation was made; the beginning of time for a group without keys. */
    Instant newestMadeAt(Group group);

    /** The keys of the newest generation with their secrets, for media first; the caller closes them. */
    List<GroupKeyToSend> newestKeys(Group group);

    /** How the members fare with the newest generation. */
    RegroupCounts counts(Group group);
}
