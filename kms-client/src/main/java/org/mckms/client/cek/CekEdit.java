package org.mckms.client.cek;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.cek.Cek;
import org.mckms.protocol.cek.CekFault;
import org.mckms.protocol.cek.CekStatus;
import org.mckms.protocol.smime.ContentEncryptionKey;

/**
 * A change of the keys held. Of one key only later states count, in whatever order they come and however often; other end,
 * session and octets of a Key ID never change; an ended key does not come back.
 */
final class CekEdit {
    /** Keys held; a file of that many can still be read. */
    static final int MAX_KEYS = 65_536;

    private final CekContents before;
    private final Map<Octets, HeldCek> keys;
    private final Map<Octets, EndedCek> ended;
    private final List<HeldCek> made = new ArrayList<>();
    private boolean changed;

    CekEdit(CekContents before) {
        this.before = before;
        this.keys = new LinkedHashMap<>(before.keys);
        this.ended = new LinkedHashMap<>(before.ended);
    }

    CekContents next() {
        return new CekContents(before.owner, keys, ended);
    }

    boolean changed() {
        return changed;
    }

    /** Wipes the keys, from before and made since, that {@code kept} does not hold. */
    void closeAllBut(CekContents kept) {
        made.stream().filter(key -> kept.keys.get(key.details().keyId()) != key).forEach(HeldCek::close);
        before.closeAllBut(kept);
    }

    /**
     * Takes what the KMS says of one key.
     *
     * @return why not; empty also if it is known already, or over
     */
    Optional<CekFault> take(Cek cek, CekRules rules) {
        CekOwner owner = before.owner;
        if (!owner.owns(cek)) {
            return Optional.of(CekFault.NOT_FOR_ME);
        }
        if (!owner.namesOtherEnd(cek)) {
            return Optional.of(CekFault.MALFORMED);
        }
        Optional<HeldCek> held = Optional.ofNullable(keys.get(cek.keyId()));
        CekDetails details = CekDetails.of(cek, owner);
        if (held.filter(key -> contradicts(key, details, cek)).isPresent()) {
            return Optional.of(CekFault.MALFORMED);
        }
        if (cek.status() == CekStatus.REVOKED) {
            if (held.isEmpty() || held.get().details().isBefore(cek)) {
                end(cek.keyId(), rules);
            }
            return Optional.empty();
        }
        if (ended.containsKey(cek.keyId())
                || held.filter(key -> !key.details().isBefore(cek)).isPresent()) {
            return Optional.empty();
        }
        if (owner.end() == CekOwner.End.SERVER && !rules.users().test(details.otherEnd())) {
            return Optional.of(CekFault.UNKNOWN_USER);
        }
        return keep(cek, details, held, rules);
    }

    private static boolean contradicts(HeldCek held, CekDetails details, Cek cek) {
        return !held.details().hasScopeOf(details)
                || cek.key().filter(key -> !held.isSameKeyAs(key)).isPresent();
    }

    private Optional<CekFault> keep(Cek cek, CekDetails details, Optional<HeldCek> held, CekRules rules) {
        if (details.isOverAt(rules.now())) {
            held.ifPresent(key -> remove(key.details().keyId()));
            return Optional.empty();
        }
        if (held.isEmpty() && keys.size() >= MAX_KEYS) {
            return Optional.of(CekFault.STORAGE);
        }
        add(HeldCek.fresh(
                details,
                countOf(details, held),
                cek.key().map(ContentEncryptionKey::copy).orElseThrow()));
        return Optional.empty();
    }

    /** A new revision says anew how many messages the key is for; that the other end has the key stays known. */
    private static MessageCount countOf(CekDetails details, Optional<HeldCek> held) {
        boolean proven = held.filter(key -> key.count().isProvenByUse()).isPresent();
        return held.filter(key -> key.details().revision() == details.revision())
                .map(HeldCek::count)
                .orElseGet(() -> new MessageCount(0, proven));
    }

    /** Ends a key, whether it is held or not. */
    void end(Octets keyId, CekRules rules) {
        remove(keyId);
        if (!ended.containsKey(keyId)) {
            ended.put(keyId, new EndedCek(keyId, rules.forgettable()));
            changed = true;
        }
    }

    /** Ends the keys that are meant. */
    void end(Predicate<CekDetails> meant, CekRules rules) {
        List.copyOf(keys.values()).stream().map(HeldCek::details).filter(meant).forEach(key -> end(key.keyId(), rules));
    }

    /** What is held of a key after this change. */
    Optional<CekDetails> find(Octets keyId) {
        return Optional.ofNullable(keys.get(keyId)).map(HeldCek::details);
    }

    /** Deletes keys whose life is over, and what is remembered of ended keys that nothing can bring back. */
    void forgetOver(CekRules rules) {
        changed |= keys.values().removeIf(key -> key.details().isOverAt(rules.now()));
        changed |= ended.values().removeIf(each -> !rules.now().isBefore(each.forgettable()));
    }

    /** Lets a key be used for some messages more before the next write. */
    void raiseBound(Octets keyId) {
        Optional.ofNullable(keys.get(keyId)).ifPresent(key -> add(key.withRaisedBound()));
    }

    private void add(HeldCek key) {
        made.add(key);
        keys.put(key.details().keyId(), key);
        changed = true;
    }

    private void remove(Octets keyId) {
        changed |= keys.remove(keyId) != null;
    }
}
