package org.mckms.client.group;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.mckms.client.store.ClientStoreException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.mikey.KeyParameters;
import org.mckms.mikeysakke.mikey.KeyPurpose;
import org.mckms.protocol.group.GktpDocument;
import org.mckms.protocol.group.KeyAcknowledgement;
import org.mckms.protocol.group.KeyTransports;
import org.mckms.protocol.group.ReceptionFault;
import org.mckms.protocol.group.RegroupedTransports;

/**
 * Takes the keys of a group out of the documents that its management server sends (TS 33.180 clauses 5.7 and 7.3). What one
 * document brings for the group, media and floor control, is stored together or not at all. The same document may come
 * again at any time. Safe for use by several threads.
 */
public final class GroupKeyReceiver {
    private final MessageOpening opening;
    private final GroupKeyStore store;
    private final GroupManagers managers;
    private final Clock clock;

    /**
     * A receiver for the member whose store it is.
     *
     * @param opening for the same member
     * @throws IllegalArgumentException if they are two members
     */
    public GroupKeyReceiver(MessageOpening opening, GroupKeyStore store, GroupManagers managers, Clock clock) {
        if (!opening.uri().equals(store.memberUri())) {
            throw new IllegalArgumentException("messages to " + opening.uri() + " do not belong into " + store);
        }
        this.opening = opening;
        this.store = store;
        this.managers = managers;
        this.clock = clock;
    }

    /** MC service ID of the member. */
    public String memberUri() {
        return store.memberUri();
    }

    /** A payload, for whom it says it is, and what comes in such a place. */
    private record Addressed(String to, KeyPurpose purpose, Octets message) {}

    /**
     * Takes the keys of a group, all of them or none; never throws because of what the document says.
     *
     * @param groupUri the group that the document was asked of or announced for, which may be a temporary one
     * @param window {@link MessageWindow#STORED} for a document that was fetched from the server of the group over TLS,
     *     {@link MessageWindow#INTERACTIVE} for one that was pushed
     */
    public Reception receive(GktpDocument document, String groupUri, MessageWindow window) {
        List<Addressed> all = addressed(document, groupUri);
        List<Addressed> mine =
                all.stream().filter(each -> each.to().equals(store.memberUri())).toList();
        if (all.isEmpty()) {
            return Reception.taken(groupUri, List.of());
        }
        if (mine.isEmpty()) {
            return refused(groupUri, ReceptionFault.NOT_FOR_ME, "the document has no key for " + store.memberUri());
        }
        if (mine.size() > KeyAcknowledgement.MAX_KEYS) {
            return refused(
                    groupUri,
                    ReceptionFault.MALFORMED,
                    "the document has " + mine.size() + " keys for " + store.memberUri() + " in one group");
        }
        try {
            return receive(mine, groupUri, window);
        } catch (ReceptionException e) {
            return refused(groupUri, e.fault(), e.getMessage());
        }
    }

    private Reception receive(List<Addressed> mine, String groupUri, MessageWindow window) {
        List<ReceivedKey> done = new ArrayList<>();
        List<OpenedMessage> opened = new ArrayList<>();
        try {
            for (Addressed each : mine) {
                Optional<ReceivedKey> known = store.known(MessageOpening.digest(each.message()), groupUri);
                if (known.isPresent()) {
                    done.add(known.get());
                } else {
                    opened.add(open(each, groupUri, window));
                }
            }
            return store(done, opened, groupUri);
        } finally {
            opened.forEach(OpenedMessage::close);
        }
    }

    /** A message that the store knows does not come here, so there is no other memory of replays to ask. */
    private OpenedMessage open(Addressed each, String groupUri, MessageWindow window) {
        OpenedMessage message = opening.open(
                each.message(),
                new ExpectedMessage(Set.of(each.purpose()), managers.of(groupUri), window, digest -> false));
        try {
            message.key().parameters().map(KeyParameters::groupIds).orElse(List.of()).stream()
                    .filter(group -> !managers.of(group).contains(message.sender()))
                    .findFirst()
                    .ifPresent(group -> {
                        throw new ReceptionException(
                                ReceptionFault.NOT_AUTHORISED,
                                message.sender().uri() + " sends a key for " + group + ", which it does not manage");
                    });
            return message;
        } catch (RuntimeException | Error e) {
            message.close();
            throw e;
        }
    }

    private Reception store(List<ReceivedKey> done, List<OpenedMessage> opened, String groupUri) {
        Instant now = clock.instant();
        try {
            done.addAll(store.change(edit -> {
                edit.forgetExpired(now);
                return opened.stream()
                        .map(message -> edit.take(message, groupUri, now))
                        .toList();
            }));
            return Reception.taken(groupUri, done);
        } catch (ReceptionException e) {
            return Reception.refused(groupUri, e.fault(), e.getMessage(), keyIds(done, opened));
        } catch (ClientStoreException e) {
            return Reception.refused(groupUri, ReceptionFault.STORAGE, e.getMessage(), keyIds(done, opened));
        }
    }

    private static List<KeyIdentifier> keyIds(List<ReceivedKey> done, List<OpenedMessage> opened) {
        return Stream.concat(
                        done.stream().map(ReceivedKey::keyId),
                        opened.stream().map(message -> message.key().keyId()))
                .distinct()
                .toList();
    }

    /** The payloads of the lists of the group if it has some of its own, as temporary groups do; else those of no such list. */
    private static List<Addressed> addressed(GktpDocument document, String groupUri) {
        boolean listed = Stream.of(document.gmk(), document.mkfc())
                .flatMap(Optional::stream)
                .anyMatch(each -> listsOf(each, groupUri).findAny().isPresent());
        return Stream.concat(
                        addressed(document.gmk(), KeyPurpose.GMK, groupUri, listed),
                        addressed(document.mkfc(), KeyPurpose.MKFC, groupUri, listed))
                .toList();
    }

    private static Stream<Addressed> addressed(
            Optional<KeyTransports> transports, KeyPurpose purpose, String groupUri, boolean listed) {
        return transports.stream()
                .flatMap(all -> listed
                        ? listsOf(all, groupUri).flatMap(list -> list.transports().stream())
                        : all.direct().stream())
                .map(each -> new Addressed(each.id(), purpose, each.message()));
    }

    private static Stream<RegroupedTransports> listsOf(KeyTransports transports, String groupUri) {
        return transports.regrouped().stream()
                .filter(list -> list.temporaryGroupUri().equals(groupUri));
    }

    private static Reception refused(String groupUri, ReceptionFault fault, String text) {
        return Reception.refused(groupUri, fault, text, List.of());
    }
}
