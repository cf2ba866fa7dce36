package org.mckms.client.cek;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mckms.mikeysakke.Octets;

/**
 * What a store of content encryption keys holds, at one moment. Two contents may share keys: after a change the one that is
 * left behind closes what the other does not hold.
 */
final class CekContents {
    final CekOwner owner;
    final Map<Octets, HeldCek> keys;
    final Map<Octets, EndedCek> ended;
    private final Map<String, List<HeldCek>> byOtherEnd = new HashMap<>();

    /** Copies both maps. */
    CekContents(CekOwner owner, Map<Octets, HeldCek> keys, Map<Octets, EndedCek> ended) {
        this.owner = owner;
        this.keys = new LinkedHashMap<>(keys);
        this.ended = new LinkedHashMap<>(ended);
        keys.values().forEach(key -> byOtherEnd
                .computeIfAbsent(key.details().otherEnd(), uri -> new ArrayList<>())
                .add(key));
    }

    static CekContents empty(CekOwner owner) {
        return new CekContents(owner, Map.of(), Map.of());
    }

    Optional<HeldCek> find(Octets keyId) {
        return Optional.ofNullable(keys.get(keyId));
    }

    /** The keys that are shared with one other end. */
    List<HeldCek> with(String otherEnd) {
        return byOtherEnd.getOrDefault(otherEnd, List.of());
    }

    /** Wipes the keys that {@code kept} does not hold. */
    void closeAllBut(CekContents kept) {
        keys.forEach((keyId, key) -> {
            if (kept.keys.get(keyId) != key) {
                key.close();
            }
        });
    }

    void close() {
        keys.values().forEach(HeldCek::close);
    }
}
