package org.mckms.client.cek;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.mckms.client.AnswerFault;
import org.mckms.client.CekReceiver;
import org.mckms.client.KmsAnswerException;
import org.mckms.client.ReceptionPolicy;
import org.mckms.client.store.RollbackGuard;
import org.mckms.client.store.SealedFile;
import org.mckms.client.store.StoreKey;
import org.mckms.client.store.StoreKind;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.cek.Cek;
import org.mckms.protocol.cek.CekAcknowledgement;
import org.mckms.protocol.cek.CekList;
import org.mckms.protocol.cek.CekStatus;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.smime.ContentEncryptionKey;

/**
 * The content encryption keys of one user or one server in one encrypted file, sealed as {@link
 * org.mckms.client.store.ClientKeyStore} is: every change replaces the whole file in one step and is on the disk when the
 * method returns. Secrets are in memory while the store is open, and wiped when they are ended, when they expire and when it
 * is closed.
 *
 * <p>Every method may throw {@link org.mckms.client.store.ClientStoreException}. Safe for use by several threads.
 */
public final class CekKeys implements AutoCloseable {
    /** The newest key that both ends have, then the newest that the other end may not have yet. */
    private static final Comparator<HeldCek> ORDER_OF_USE = Comparator.comparing(HeldCek::isActive)
            .thenComparing(key -> key.details().validFrom())
            .thenComparing(key -> key.details().keyId().toHex());

    private final SealedFile file;
    private CekContents contents;
    private boolean closed;

    private CekKeys(SealedFile file, CekContents contents) {
        this.file = file;
        this.contents = contents;
    }

    /**
     * Makes an empty store and leaves it open.
     *
     * @param file must not exist; its folder must
     * @param key not kept; the caller closes it
     */
    public static CekKeys create(Path file, StoreKey key, CekOwner owner, SecureRandom random) {
        return create(file, key, owner, random, RollbackGuard.NONE);
    }

    /** The same with a counter that notices copies put back; the store begins above it. */
    public static CekKeys create(Path file, StoreKey key, CekOwner owner, SecureRandom random, RollbackGuard guard) {
        CekContents empty = CekContents.empty(owner);
        return new CekKeys(
                SealedFile.create(file, StoreKind.CONTENT_KEYS, key, CekCodec.encode(empty), random, guard), empty);
    }

    /**
     * Opens a store.
     *
     * @param key not kept; the caller closes it
     */
    public static CekKeys open(Path file, StoreKey key, SecureRandom random) {
        return open(file, key, random, RollbackGuard.NONE);
    }

    /** The same, refusing a file below the counter. */
    public static CekKeys open(Path file, StoreKey key, SecureRandom random, RollbackGuard guard) {
        SealedFile.Opened<CekContents> opened =
                SealedFile.open(file, StoreKind.CONTENT_KEYS, key, random, guard, CekCodec::decode);
        return new CekKeys(opened.file(), opened.content());
    }

    /** Whose keys they are. */
    public CekOwner owner() {
        return current().owner;
    }

    /** How often the file was written. */
    public synchronized long generation() {
        return file.generation();
    }

    /** What is held, also keys that are pending, or over since the last change. */
    public List<CekDetails> keys() {
        return current().keys.values().stream().map(HeldCek::details).toList();
    }

    /** The keys that the KMS is to be asked about again: their time or number of messages has come. */
    public synchronized List<CekDetails> due(Instant now) {
        return current().keys.values().stream()
                .filter(key -> key.isActive() && !key.details().isOverAt(now) && key.isDueAt(now))
                .map(HeldCek::details)
                .toList();
    }

    /**
     * For {@link org.mckms.client.KmsClient.Builder#ceks}: takes the keys of the owner that come with key sets, and passes over
     * those of other identities of the same client.
     */
    public CekReceiver receiver(Clock clock, ReceptionPolicy policy) {
        String own = owner().uri();
        return (ceks, addressee) -> change(edit -> takeAll(
                ceks.ceks().stream()
                        .filter(cek -> cek.userUri().orElse(addressee).equals(own))
                        .toList(),
                edit,
                new CekRules(clock.instant(), policy.answerAge(), server -> true)));
    }

    /** Deletes keys whose life is over. The methods that take keys do so too. */
    public void forgetOver(Instant now, ReceptionPolicy policy) {
        CekRules rules = new CekRules(now, policy.answerAge(), any -> true);
        change(edit -> {
            edit.forgetOver(rules);
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

    /** Takes what the KMS says, all of it in one write, and says of each key whether it was taken. */
    List<CekAcknowledgement.Item> take(CekList ceks, CekRules rules) {
        return change(edit -> {
            edit.forgetOver(rules);
            return ceks.ceks().stream()
                    .map(cek -> new CekAcknowledgement.Item(cek.keyId(), cek.revision(), edit.take(cek, rules)))
                    .toList();
        });
    }

    /**
     * Takes all keys or none.
     *
     * @return what is held of them now
     * @throws KmsAnswerException CEK_REJECTED
     */
    List<CekDetails> takeAll(CekList ceks, CekRules rules) {
        return change(edit -> takeAll(ceks.ceks(), edit, rules));
    }

    /**
     * Takes all keys of a scope, which the KMS has named in full, or none; others that are held for this scope have ended.
     *
     * @return what is held of them now
     * @throws KmsAnswerException CEK_REJECTED
     */
    List<CekDetails> takeScope(CekList ceks, CekScope scope, CekRules rules) {
        return change(edit -> {
            List<CekDetails> taken = takeAll(ceks.ceks(), edit, rules);
            edit.end(key -> key.isOf(scope) && ceks.find(key.keyId()).isEmpty(), rules);
            return taken;
        });
    }

    private static List<CekDetails> takeAll(List<Cek> ceks, CekEdit edit, CekRules rules) {
        edit.forgetOver(rules);
        for (Cek cek : ceks) {
            edit.take(cek, rules).ifPresent(fault -> {
                throw new KmsAnswerException(
                        AnswerFault.CEK_REJECTED,
                        "the key " + cek.keyId().toHex() + " of the answer is not taken: " + fault);
            });
        }
        return ceks.stream().flatMap(cek -> edit.find(cek.keyId()).stream()).toList();
    }

    /** Wipes the keys that are meant; answers from before do not bring them back. */
    void end(Predicate<CekDetails> meant, CekRules rules) {
        change(edit -> {
            edit.end(meant, rules);
            return null;
        });
    }

    /**
     * The key to seal with, counted as one message: the newest that both ends have; a server may be the first to use one that
     * it has acknowledged.
     *
     * @return a copy, which the caller closes
     * @throws KmsException NOT_FOUND if there is none
     */
    synchronized ContentEncryptionKey sealing(CekScope scope, Instant now) {
        List<HeldCek> usable = current().with(scope.otherEnd()).stream()
                .filter(key -> scope.admits(key.details()) && key.details().isUsableAt(now))
                .filter(this::seals)
                .toList();
        boolean ownOfSession =
                usable.stream().anyMatch(key -> key.details().session().isPresent());
        HeldCek chosen = usable.stream()
                .filter(key -> key.details().session().isPresent() == ownOfSession)
                .max(ORDER_OF_USE)
                .orElseThrow(() -> new KmsException(
                        KmsErrorCode.NOT_FOUND, "no key is held to seal with for " + scope.otherEnd()));
        return counted(chosen);
    }

    /**
     * The key of a Key ID to seal with, counted as one message.
     *
     * @return a copy, which the caller closes
     * @throws KmsException as {@link #opening}; NOT_FOUND also if it is not held
     */
    synchronized ContentEncryptionKey sealing(Octets keyId, CekScope scope, Instant now) {
        return counted(usable(keyId, scope, now)
                .filter(this::seals)
                .orElseThrow(() -> new KmsException(
                        KmsErrorCode.NOT_FOUND, "no key of the Key ID " + keyId.toHex() + " is held to seal with")));
    }

    /**
     * The key of a Key ID to open with.
     *
     * @return a copy, which the caller closes; empty if it is not held, or over
     * @throws KmsException FORBIDDEN_IDENTITY if it is the key of another user, server or session
     */
    synchronized Optional<ContentEncryptionKey> opening(Octets keyId, CekScope scope, Instant now) {
        return usable(keyId, scope, now).map(key -> key.key().copy());
    }

    /** Counts a message that a key has opened, which proves that the other end has the key. */
    synchronized void opened(Octets keyId) {
        current().find(keyId).ifPresent(key -> {
            raiseBoundOf(key);
            key.count().count();
            key.count().otherEndHasIt();
        });
    }

    /** A key that is retiring seals nothing; one that is pending seals at the server only, which holds it as the first. */
    private boolean seals(HeldCek key) {
        return key.isActive()
                || contents.owner.end() == CekOwner.End.SERVER && key.details().status() == CekStatus.PENDING;
    }

    private Optional<HeldCek> usable(Octets keyId, CekScope scope, Instant now) {
        Optional<HeldCek> held = current().find(keyId);
        if (held.filter(key -> !scope.admits(key.details())).isPresent()) {
            throw new KmsException(
                    KmsErrorCode.FORBIDDEN_IDENTITY,
                    "the key " + keyId.toHex() + " is not for messages of " + scope.otherEnd() + " in this session");
        }
        return held.filter(key -> key.details().isUsableAt(now));
    }

    private ContentEncryptionKey counted(HeldCek key) {
        raiseBoundOf(key);
        key.count().count();
        return current().find(key.details().keyId()).orElseThrow().key().copy();
    }

    private void raiseBoundOf(HeldCek key) {
        if (key.isAtBound()) {
            change(edit -> {
                edit.raiseBound(key.details().keyId());
                return null;
            });
        }
    }

    /** Changes the store in one step; if nothing changes, nothing is written. If it fails, all is as before. */
    private synchronized <T> T change(Function<CekEdit, T> change) {
        CekContents before = current();
        CekEdit edit = new CekEdit(before);
        T result;
        CekContents next;
        try {
            result = change.apply(edit);
            if (!edit.changed()) {
                return result;
            }
            next = edit.next();
            encoded(next, content -> {
                file.write(content);
                return null;
            });
        } catch (RuntimeException | Error e) {
            edit.closeAllBut(before);
            throw e;
        }
        contents = next;
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
        return "CekKeys[" + file + "]";
    }

    private synchronized CekContents current() {
        if (closed) {
            throw new IllegalStateException("the key store " + file + " is closed");
        }
        return contents;
    }

    /** Lends the octets of the contents, and wipes them. */
    private static <T> T encoded(CekContents contents, Function<byte[], T> action) {
        byte[] content = CekCodec.encode(contents);
        try {
            return action.apply(content);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }
}
