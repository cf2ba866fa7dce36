package org.mckms.client.group;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.mckms.client.store.RollbackGuard;
import org.mckms.client.store.SealedFile;
import org.mckms.client.store.StoreKey;
import org.mckms.client.store.StoreKind;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;

/**
 * The group keys of one member in one encrypted file, sealed as {@link org.mckms.client.store.ClientKeyStore} is (TS 33.180
 * clause 5.11.1): every change replaces the whole file in one step and is on the disk when the method returns. Secrets are
 * in memory while the store is open, and wiped when it is closed. What a getter gives out is a copy that its taker closes.
 *
 * <p>Every method may throw {@link org.mckms.client.store.ClientStoreException}. Safe for use by several threads.
 */
public final class GroupKeyStore implements AutoCloseable {
    /** Every member that holds the same keys speaks with the same one: activation and identifier are the same for all. */
    private static final Comparator<GroupKey> ORDER_OF_USE = Comparator.comparing(
                    (GroupKey key) -> key.details().activation())
            .thenComparing(key -> key.details().keyId().value());

    private final SealedFile file;
    private GroupKeyContents contents;
    private boolean closed;

    private GroupKeyStore(SealedFile file, GroupKeyContents contents) {
        this.file = file;
        this.contents = contents;
    }

    /**
     * Makes an empty store and leaves it open.
     *
     * @param file must not exist; its folder must
     * @param key not kept; the caller closes it
     * @param memberUri MC service ID of the member
     */
    public static GroupKeyStore create(Path file, StoreKey key, String memberUri, SecureRandom random) {
        return create(file, key, memberUri, random, RollbackGuard.NONE);
    }

    /** The same with a counter that notices copies put back; the store begins above it. */
    public static GroupKeyStore create(
            Path file, StoreKey key, String memberUri, SecureRandom random, RollbackGuard guard) {
        GroupKeyContents empty = GroupKeyContents.empty(memberUri);
        return new GroupKeyStore(
                SealedFile.create(file, StoreKind.GROUP_KEYS, key, GroupKeyCodec.encode(empty), random, guard), empty);
    }

    /**
     * Opens a store.
     *
     * @param key not kept; the caller closes it
     */
    public static GroupKeyStore open(Path file, StoreKey key, SecureRandom random) {
        return open(file, key, random, RollbackGuard.NONE);
    }

    /** The same, refusing a file below the counter. */
    public static GroupKeyStore open(Path file, StoreKey key, SecureRandom random, RollbackGuard guard) {
        SealedFile.Opened<GroupKeyContents> opened =
                SealedFile.open(file, StoreKind.GROUP_KEYS, key, random, guard, GroupKeyCodec::decode);
        return new GroupKeyStore(opened.file(), opened.content());
    }

    /** MC service ID of the member. */
    public String memberUri() {
        return current().memberUri;
    }

    /** How often the file was written. */
    public synchronized long generation() {
        return file.generation();
    }

    /** What is held, also keys that are not active yet. */
    public List<GroupKeyDetails> keys() {
        return current().keys.stream().map(GroupKey::details).toList();
    }

    /** Whether a key was revoked: neither it nor its identifier is used again. */
    public boolean isRevoked(KeyIdentifier keyId) {
        return current().deleted.stream()
                .anyMatch(each -> each.revoked() && each.keyId().equals(keyId));
    }

    /**
     * The key of a group to speak with: of those in use at this time the one activated last, so that all members go over to
     * a new key at the same moment.
     *
     * @return a copy, which the caller closes; empty if there is none
     */
    public synchronized Optional<GroupKey> keyFor(String groupUri, KeyUse use, Instant time) {
        return current().keys.stream()
                .filter(key -> key.details().use() == use)
                .filter(key -> key.details().groups().contains(groupUri))
                .filter(key -> key.details().isUsableAt(time))
                .max(ORDER_OF_USE)
                .map(GroupKey::copy);
    }

    /**
     * The key that packets name, to hear who speaks; while members go over to a new key that may be the old one.
     *
     * @param keyId GMK-ID, the first 4 octets of the MKI
     * @return a copy, which the caller closes; empty if it is not held, not active yet, or expired
     */
    public synchronized Optional<GroupKey> keyById(KeyIdentifier keyId, Instant time) {
        return current().keys.stream()
                .filter(key -> key.details().keyId().equals(keyId))
                .filter(key -> key.details().isUsableAt(time))
                .findFirst()
                .map(GroupKey::copy);
    }

    /** Deletes keys whose life is over. */
    public void forgetExpired(Instant now) {
        change(edit -> {
            edit.forgetExpired(now);
            return null;
        });
    }

    /** Deletes the keys of a group that the member has left; a key that serves other groups too stays for those. */
    public void forgetGroup(String groupUri) {
        change(edit -> {
            edit.forgetGroup(groupUri);
            return null;
        });
    }

    /** Gives the store another passphrase or key. */
    public synchronized void changeKey(StoreKey key) {
        encoded(current(), content -> {
            file.changeKey(key, content);
            return null;
        });
    }

    /** What came of a message that was taken before for this group, if it is still the last one about its key. */
    Optional<ReceivedKey> known(Octets digest, String groupUri) {
        GroupKeyContents now = current();
        return now.keys.stream()
                .map(GroupKey::details)
                .filter(key ->
                        key.message().digest().equals(digest) && key.groups().contains(groupUri))
                .map(key -> new ReceivedKey(key.keyId(), ReceivedKey.Outcome.UNCHANGED))
                .findFirst()
                .or(() -> now.deleted.stream()
                        .filter(key -> key.revoked() && key.message().digest().equals(digest))
                        .map(key -> new ReceivedKey(key.keyId(), ReceivedKey.Outcome.REVOKED))
                        .findFirst());
    }

    /** Changes the store in one step; if nothing changes, nothing is written. If it fails, all is as before. */
    synchronized <T> T change(Function<GroupKeyEdit, T> change) {
        GroupKeyContents before = current();
        GroupKeyEdit edit = new GroupKeyEdit(before);
        T result;
        try {
            result = change.apply(edit);
            if (!edit.changed()) {
                return result;
            }
            encoded(edit.next(), content -> {
                file.write(content);
                return null;
            });
        } catch (RuntimeException | Error e) {
            edit.closeAllBut(before);
            throw e;
        }
        contents = edit.next();
        edit.closeAllBut(contents);
        file.raiseGuard();
        return result;
    }

    /** Wipes what is in memory and gives the file free for others. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            contents.close();
            file.close();
        }
    }

    @Override
    public String toString() {
        return "GroupKeyStore[" + file + "]";
    }

    private synchronized GroupKeyContents current() {
        if (closed) {
            throw new IllegalStateException("the key store " + file + " is closed");
        }
        return contents;
    }

    /** Lends the octets of the contents, and wipes them. */
    private static <T> T encoded(GroupKeyContents contents, Function<byte[], T> action) {
        byte[] content = GroupKeyCodec.encode(contents);
        try {
            return action.apply(content);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }
}
