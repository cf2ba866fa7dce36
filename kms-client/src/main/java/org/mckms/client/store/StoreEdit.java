package org.mckms.client.store;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.message.ClientError;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.KmsKeySet;
import org.mckms.protocol.security.ClientKeys;
import org.mckms.protocol.security.NamedKey;

/**
 * A change of a key store: everything in it reaches the disk together or not at all. Keys given here are copied; the
 * caller closes its own. Valid inside {@link ClientKeyStore#change} only.
 */
public final class StoreEdit {
    private final Contents next;
    private boolean changed;

    StoreEdit(Contents current) {
        this.next = current.copy();
    }

    Contents next() {
        return next;
    }

    boolean changed() {
        return changed;
    }

    /** Keys that came out of band take the place of all there were, the pending ones too. */
    public void registerKeys(ClientKeys keys) {
        next.active = Optional.of(keys.copy());
        next.pending = Optional.empty();
        changed = true;
    }

    /**
     * Keys that the KMS announced; they take the place of others that were announced and never used. Keys that are held
     * already change nothing.
     */
    public void pendingKeys(ClientKeys keys) {
        if (Stream.concat(next.active.stream(), next.pending.stream()).anyMatch(held -> same(held, keys))) {
            return;
        }
        next.pending = Optional.of(keys.copy());
        changed = true;
    }

    /**
     * Keys announced in a file that may be old: they count only while no others are pending, since those may be in use at
     * the KMS already.
     */
    public void pendingKeysFromFile(ClientKeys keys) {
        if (next.pending.isEmpty()) {
            pendingKeys(keys);
        }
    }

    /** The KMS has used the pending keys: the old ones are forgotten. */
    public void activatePendingKeys() {
        if (next.pending.isPresent()) {
            next.active = next.pending;
            next.pending = Optional.empty();
            changed = true;
        }
    }

    /** Addresses of the KMS, in the order in which they are tried. */
    public void baseUrls(List<String> urls) {
        changed |= !next.baseUrls.equals(urls);
        next.baseUrls = List.copyOf(urls);
    }

    /** The certificate that registration files and bundles of this KMS are signed under. */
    public void bundleSigner(X509Certificate certificate) {
        try {
            Optional<Octets> der = Optional.of(Octets.copyOf(certificate.getEncoded()));
            changed |= !next.bundleSigner.equals(der);
            next.bundleSigner = der;
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("the certificate cannot be encoded", e);
        }
    }

    /**
     * A root certificate that the KMS named now: it becomes the newest. It replaces one of the same CertUri, or of the
     * same keys where a CertUri is missing (TS 33.180 clause 5.3.5); key sets of keys thus replaced go with them.
     */
    public void root(KmsCertificate certificate) {
        if (next.roots.isEmpty() || !next.roots.get(0).equals(certificate)) {
            putRoot(certificate, true);
        }
    }

    /**
     * A root certificate out of a file that may be old: it becomes the newest only if it is valid from later than the
     * newest held. Replaces as {@link #root} does.
     */
    public void rootFromFile(KmsCertificate certificate) {
        if (!next.roots.contains(certificate)) {
            boolean later = next.roots.isEmpty()
                    || validFrom(certificate).isAfter(validFrom(next.roots.get(0)))
                    || sameName(next.roots.get(0), certificate);
            putRoot(certificate, later);
        }
    }

    private void putRoot(KmsCertificate certificate, boolean first) {
        List<KmsCertificate> replaced =
                next.roots.stream().filter(old -> sameName(old, certificate)).toList();
        List<KmsCertificate> roots = new ArrayList<>(next.roots);
        roots.removeAll(replaced);
        roots.add(first || roots.isEmpty() ? 0 : 1, certificate);
        next.roots = List.copyOf(roots);
        next.keySets = next.keySets.stream()
                .filter(held -> next.roots.stream().anyMatch(held::isUnder))
                .filter(held -> replaced.stream().allMatch(old -> !held.isUnder(old) || sameKeys(old, certificate)))
                .toList();
        changed = true;
    }

    /** Forgets root certificates, never the newest, and the key sets under them. */
    public void forgetRoots(Predicate<KmsCertificate> forgotten) {
        List<KmsCertificate> kept = new ArrayList<>();
        for (KmsCertificate root : next.roots) {
            if (kept.isEmpty() || !forgotten.test(root)) {
                kept.add(root);
            }
        }
        if (kept.size() < next.roots.size()) {
            next.roots = List.copyOf(kept);
            next.keySets = next.keySets.stream()
                    .filter(held -> kept.stream().anyMatch(held::isUnder))
                    .toList();
            changed = true;
        }
    }

    /**
     * A checked key set under a root certificate of the store; it replaces one of the same certificate, user and period.
     *
     * @throws IllegalArgumentException if the store does not hold the certificate
     */
    public void keySet(KmsKeySet keys, KmsCertificate root) {
        HeldKeySet held = new HeldKeySet(root.pubAuthKey(), KeySetCodec.copy(keys));
        if (next.roots.stream().noneMatch(held::isUnder)) {
            held.close();
            throw new IllegalArgumentException("the key set belongs to no root certificate of the store");
        }
        next.keySets = Stream.concat(Stream.of(held), next.keySets.stream().filter(other -> !held.replaces(other)))
                .toList();
        changed = true;
    }

    /** Forgets key sets. */
    public void forgetKeySets(Predicate<UserKeys> forgotten) {
        List<HeldKeySet> kept = next.keySets.stream()
                .filter(held -> !forgotten.test(new UserKeys(held.keys(), rootOf(held))))
                .toList();
        changed |= kept.size() < next.keySets.size();
        next.keySets = kept;
    }

    /** Root certificates as they are at this point of the change, the newest first. */
    public List<KmsCertificate> rootCertificates() {
        return next.roots;
    }

    /** Whether key sets under this root certificate are held at this point of the change. */
    public boolean holdsKeySetsUnder(KmsCertificate root) {
        return next.keySets.stream().anyMatch(held -> held.isUnder(root));
    }

    /** Forgets certificates of other KMSs. */
    public void forgetPartners(Predicate<KmsCertificate> forgotten) {
        List<KmsCertificate> kept =
                next.partners.stream().filter(forgotten.negate()).toList();
        changed |= kept.size() < next.partners.size();
        next.partners = kept;
    }

    /** The number of the certificate cache that the KMS named. */
    public void cacheNumber(OptionalLong number) {
        changed |= !next.cacheNum.equals(number);
        next.cacheNum = number;
    }

    /** A certificate of another KMS; it replaces one of the same CertUri, or of the same keys. */
    public void partner(KmsCertificate certificate) {
        if (next.partners.contains(certificate)) {
            return;
        }
        next.partners = Stream.concat(
                        Stream.of(certificate), next.partners.stream().filter(old -> !sameName(old, certificate)))
                .toList();
        changed = true;
    }

    /** What the next request reports to the KMS; empty once it is reported. */
    public void clientError(Optional<ClientError> error) {
        changed |= !next.error.equals(error);
        next.error = error;
    }

    private static Instant validFrom(KmsCertificate certificate) {
        return certificate.validFrom().orElse(Instant.MIN);
    }

    private KmsCertificate rootOf(HeldKeySet held) {
        return next.roots.stream().filter(held::isUnder).findFirst().orElseThrow();
    }

    private static boolean sameName(KmsCertificate one, KmsCertificate other) {
        boolean sameUri = one.certUri().isPresent() && one.certUri().equals(other.certUri());
        return sameUri || one.pubAuthKey().equals(other.pubAuthKey());
    }

    /** Whether key sets of one are key sets of the other. */
    private static boolean sameKeys(KmsCertificate one, KmsCertificate other) {
        return one.kmsUri().equals(other.kmsUri())
                && one.schedule().equals(other.schedule())
                && one.pubEncKey().equals(other.pubEncKey())
                && one.pubAuthKey().equals(other.pubAuthKey());
    }

    private static boolean same(ClientKeys one, ClientKeys other) {
        return same(one.transportKey(), other.transportKey())
                && one.integrityKey().isPresent() == other.integrityKey().isPresent()
                && one.integrityKey()
                        .map(key -> same(key, other.integrityKey().orElseThrow()))
                        .orElse(true);
    }

    private static boolean same(NamedKey one, NamedKey other) {
        return one.name().equals(other.name()) && one.key().constantTimeEquals(other.key());
    }
}
