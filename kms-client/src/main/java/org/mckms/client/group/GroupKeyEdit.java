package org.mckms.client.group;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.mckms.client.group.ReceivedKey.Outcome;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.mikey.KeyParameters;
import org.mckms.mikeysakke.mikey.OpenedKey;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.protocol.group.ReceptionFault;

/**
 * A change of the keys held: what several messages bring, all of it or nothing. Checks 11 and 12 as far as they depend on
 * what is held: no identifier means two keys, the messages of one key count in the order of their timestamps, and a revoked
 * key is deleted for good.
 */
final class GroupKeyEdit {
    /** Keys held and remembered as deleted; a file of that many can still be read. */
    private static final int MAX_KEYS = 65_536;

    private final GroupKeyContents before;
    private final List<GroupKey> keys;
    private final List<DeletedKey> deleted;
    private final List<GroupKey> made = new ArrayList<>();
    private boolean changed;

    GroupKeyEdit(GroupKeyContents before) {
        this.before = before;
        this.keys = new ArrayList<>(before.keys);
        this.deleted = new ArrayList<>(before.deleted);
    }

    GroupKeyContents next() {
        return new GroupKeyContents(before.memberUri, keys, deleted);
    }

    boolean changed() {
        return changed;
    }

    /** Wipes the keys, from before and made since, that {@code kept} does not hold. */
    void closeAllBut(GroupKeyContents kept) {
        new GroupKeyContents(kept.memberUri, made, List.of()).closeAllBut(kept);
        before.closeAllBut(kept);
    }

    /**
     * Takes the key of a message that passed all other checks.
     *
     * @param groupUri the group in whose document it came
     * @throws ReceptionException KEY_MISMATCH, REPLAYED, DUPLICATE_KEY_ID, REVOKED, EXPIRED or STORAGE
     */
    ReceivedKey take(OpenedMessage message, String groupUri, Instant now) {
        OpenedKey key = message.key();
        KeyParameters parameters = parameters(key, groupUri);
        Optional<DeletedKey> gone = find(deleted, each -> each.keyId().equals(key.keyId()));
        Optional<GroupKey> held = find(keys, each -> each.details().keyId().equals(key.keyId()));
        if (gone.filter(DeletedKey::revoked).isPresent() && !parameters.revoked()) {
            throw refused(ReceptionFault.REVOKED, key.keyId(), "is revoked");
        }
        held.ifPresent(each -> checkSame(each, key));
        gone.ifPresent(each -> checkSame(each, key));
        Outcome outcome = parameters.revoked()
                ? revoke(message, gone, held)
                : keep(message, parameters, groupUri, now, gone, held);
        return new ReceivedKey(key.keyId(), outcome);
    }

    private static KeyParameters parameters(OpenedKey key, String groupUri) {
        KeyParameters parameters = key.parameters()
                .orElseThrow(() -> refused(ReceptionFault.KEY_MISMATCH, key.keyId(), "has no parameters"));
        if (!parameters.groupIds().isEmpty() && !parameters.groupIds().contains(groupUri)) {
            throw refused(ReceptionFault.KEY_MISMATCH, key.keyId(), "does not serve the group " + groupUri);
        }
        return parameters;
    }

    /** One RAND belongs to one key: with another one, members would derive other session keys. */
    private static void checkSame(GroupKey held, OpenedKey key) {
        if (!held.key().constantTimeEquals(key.key())) {
            throw refused(ReceptionFault.DUPLICATE_KEY_ID, key.keyId(), "is the identifier of another key");
        }
        if (!held.details().rand().equals(key.rand())) {
            throw refused(ReceptionFault.KEY_MISMATCH, key.keyId(), "comes with another RAND than before");
        }
    }

    private static void checkSame(DeletedKey gone, OpenedKey key) {
        if (!gone.revoked() && !gone.check().equals(DeletedKey.checkOf(key.key()))) {
            throw refused(ReceptionFault.DUPLICATE_KEY_ID, key.keyId(), "is the identifier of another key");
        }
    }

    /** A revocation counts whatever its timestamp: nothing takes it back. */
    private Outcome revoke(OpenedMessage message, Optional<DeletedKey> gone, Optional<GroupKey> held) {
        OpenedKey key = message.key();
        if (gone.filter(DeletedKey::revoked).isEmpty()) {
            gone.ifPresent(deleted::remove);
            held.ifPresent(keys::remove);
            deleted.add(DeletedKey.revoked(key.keyId(), key.key(), GroupKeyDetails.Origin.of(message)));
            changed = true;
            checkRoom();
        }
        return Outcome.REVOKED;
    }

    private Outcome keep(
            OpenedMessage message,
            KeyParameters parameters,
            String groupUri,
            Instant now,
            Optional<DeletedKey> gone,
            Optional<GroupKey> held) {
        KeyIdentifier keyId = message.key().keyId();
        Optional<GroupKeyDetails.Origin> last =
                held.map(each -> each.details().message()).or(() -> gone.map(DeletedKey::message));
        boolean again = last.isPresent() && last.get().digest().equals(message.digest());
        if (again && held.isPresent() && held.get().details().groups().contains(groupUri)) {
            return Outcome.UNCHANGED;
        }
        if (!again && last.isPresent() && !message.time().isAfter(last.get().time())) {
            throw refused(ReceptionFault.REPLAYED, keyId, "comes in a message not later than the last one about it");
        }
        GroupKeyDetails details = details(message, parameters, groupUri, held);
        if (held.isEmpty() && details.isExpiredAt(now)) {
            if (again) {
                return Outcome.UNCHANGED; // it was held as long as it lived
            }
            throw refused(ReceptionFault.EXPIRED, keyId, "has expired");
        }
        held.ifPresent(keys::remove);
        gone.ifPresent(deleted::remove);
        add(new GroupKey(details, message.key().key().use(SecretOctets::copyOf)));
        checkRoom();
        return held.isPresent() ? Outcome.UPDATED : Outcome.STORED;
    }

    private static GroupKeyDetails details(
            OpenedMessage message, KeyParameters parameters, String groupUri, Optional<GroupKey> held) {
        OpenedKey key = message.key();
        List<String> groups = parameters.groupIds().isEmpty()
                ? Stream.concat(held.stream().flatMap(each -> each.details().groups().stream()), Stream.of(groupUri))
                        .distinct()
                        .toList()
                : parameters.groupIds();
        return new GroupKeyDetails(
                key.purpose(),
                key.keyId(),
                key.csbId(),
                key.rand(),
                groups,
                parameters.text(),
                parameters.sharedWithGateway(),
                parameters
                        .activation()
                        .or(() -> held.map(each -> each.details().activation()))
                        .orElse(message.time()),
                parameters.expiry(),
                GroupKeyDetails.Origin.of(message));
    }

    /** Deletes keys whose life is over, and what is remembered of keys that no message can bring back. */
    void forgetExpired(Instant now) {
        forget(each -> each.isExpiredAt(now));
        changed |= deleted.removeIf(each -> each.isForgettableAt(now));
    }

    /** Deletes the keys of a group that serve no other one. */
    void forgetGroup(String groupUri) {
        forget(each -> each.groups().equals(List.of(groupUri)));
        List<GroupKey> shared = keys.stream()
                .filter(each -> each.details().groups().contains(groupUri))
                .toList();
        keys.removeAll(shared);
        shared.forEach(each -> add(each.with(each.details().without(groupUri))));
    }

    private void add(GroupKey key) {
        made.add(key);
        keys.add(key);
        changed = true;
    }

    private void forget(Predicate<GroupKeyDetails> forgotten) {
        List<GroupKey> gone =
                keys.stream().filter(each -> forgotten.test(each.details())).toList();
        keys.removeAll(gone);
        gone.forEach(each -> deleted.add(DeletedKey.of(each)));
        changed |= !gone.isEmpty();
    }

    private void checkRoom() {
        if (keys.size() + deleted.size() > MAX_KEYS) {
            throw new ReceptionException(ReceptionFault.STORAGE, "more than " + MAX_KEYS + " group keys");
        }
    }

    private static <T> Optional<T> find(List<T> all, Predicate<T> wanted) {
        return all.stream().filter(wanted).findFirst();
    }

    private static ReceptionException refused(ReceptionFault fault, KeyIdentifier keyId, String what) {
        return new ReceptionException(fault, "the key " + keyId + " " + what);
    }
}
