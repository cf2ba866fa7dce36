package org.mckms.client.group;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.mckms.client.KmsRefusedException;
import org.mckms.protocol.group.GktpDocument;
import org.mckms.protocol.group.McService;

/**
 * Keeps the keys of a member's groups fresh: fetches what has changed, takes it, and answers the group management server.
 * Methods throw what {@link GroupClient} throws; what was taken stays so, and the next call answers for it again. Safe for
 * use by several threads.
 */
public final class GroupMember {
    private static final int NOT_FOUND = 404;

    private final String uri;
    private final GroupClient gms;
    private final GroupKeyReceiver receiver;
    private final McService service;
    private final Map<String, String> etags = new ConcurrentHashMap<>();

    /** @param service of the groups */
    public GroupMember(GroupClient gms, GroupKeyReceiver receiver, McService service) {
        this.uri = receiver.memberUri();
        this.gms = gms;
        this.receiver = receiver;
        this.service = service;
    }

    /**
     * Fetches the keys of a group, takes them, and answers.
     *
     * @return what came of them; empty if nothing has changed since they were taken and answered for
     */
    public Optional<Reception> refresh(String groupUri) {
        Optional<GroupClient.FetchedKeys> fetched =
                gms.keys(service, groupUri, Optional.ofNullable(etags.get(groupUri)));
        return fetched.map(keys -> {
            Reception reception = receiver.receive(keys.document(), groupUri, MessageWindow.STORED);
            if (answered(reception) && reception.isTaken()) {
                keys.etag().ifPresent(etag -> etags.put(groupUri, etag));
            }
            return reception;
        });
    }

    /**
     * Takes keys that came by a callback, and answers; fetches them instead if they came too late.
     *
     * @return what came of them; empty if they had to be fetched, and nothing has changed since
     */
    public Optional<Reception> pushed(GktpDocument document, String groupUri) {
        Reception reception = receiver.receive(document, groupUri, MessageWindow.INTERACTIVE);
        if (reception.isToBeFetched()) {
            return refresh(groupUri);
        }
        return answered(reception) ? Optional.of(reception) : refresh(groupUri);
    }

    /** Answers for keys; false if the server has withdrawn them since it gave them out, which the next document will say. */
    private boolean answered(Reception reception) {
        try {
            reception.acknowledgement(uri).ifPresent(gms::acknowledge);
            return true;
        } catch (KmsRefusedException e) {
            if (e.httpStatus() != NOT_FOUND) {
                throw e;
            }
            return false;
        }
    }

    /**
     * Listens, and fetches the keys of each group that the server tells of, until it ends the stream.
     *
     * @return why the server ended it, if it said so
     */
    public Optional<String> listen() {
        return gms.listen(ready -> {
            if (ready.memberUri().equals(uri)) {
                refresh(ready.groupUri());
            }
        });
    }
}
