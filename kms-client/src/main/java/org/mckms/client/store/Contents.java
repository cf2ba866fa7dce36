package org.mckms.client.store;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.message.ClientError;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.security.ClientKeys;

/**
 * What a key store holds, at one moment. Two contents may share secrets: after a change the one that is left behind
 * closes what the other does not hold.
 */
final class Contents {
    final StoreOwner owner;
    List<String> baseUrls = List.of();
    /** DER of the X.509 certificate that signs registration files and bundles. */
    Optional<Octets> bundleSigner = Optional.empty();

    Optional<ClientKeys> active = Optional.empty();
    Optional<ClientKeys> pending = Optional.empty();
    /** The one that the KMS named last comes first. */
    List<KmsCertificate> roots = List.of();

    List<HeldKeySet> keySets = List.of();
    OptionalLong cacheNum = OptionalLong.empty();
    List<KmsCertificate> partners = List.of();
    Optional<ClientError> error = Optional.empty();

    Contents(StoreOwner owner) {
        this.owner = owner;
    }

    /** The same contents, secrets shared. */
    Contents copy() {
        Contents copy = new Contents(owner);
        copy.baseUrls = baseUrls;
        copy.bundleSigner = bundleSigner;
        copy.active = active;
        copy.pending = pending;
        copy.roots = roots;
        copy.keySets = keySets;
        copy.cacheNum = cacheNum;
        copy.partners = partners;
        copy.error = error;
        return copy;
    }

    /** Closes the secrets that {@code kept} does not hold. */
    void closeAllBut(Contents kept) {
        Set<Object> keep = Collections.newSetFromMap(new IdentityHashMap<>());
        kept.clientKeys().forEach(keep::add);
        keep.addAll(kept.keySets);
        clientKeys().filter(keys -> !keep.contains(keys)).forEach(ClientKeys::close);
        keySets.stream().filter(keys -> !keep.contains(keys)).forEach(HeldKeySet::close);
    }

    void close() {
        closeAllBut(new Contents(owner));
    }

    private Stream<ClientKeys> clientKeys() {
        return Stream.concat(active.stream(), pending.stream());
    }
}
