package org.mckms.kms.domain;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.RowFields;
import org.mckms.platform.row.StoredRow;
import org.mckms.protocol.message.KmsCertCache;
import org.mckms.protocol.message.KmsCertificate;

/**
 * The partner certificates, each row checked against its MAC before a client trusts it. Every change gives the cache the
 * next number, in the transaction of the change and under a lock, so that no client misses one.
 */
public final class ExternalCertificateRegister {

    private final ExternalCertificateRepository rows;
    private final RowGuard guard;

    public ExternalCertificateRegister(ExternalCertificateRepository rows, RowGuard guard) {
        this.rows = requireNonNull(rows, "rows");
        this.guard = requireNonNull(guard, "guard");
    }

    /**
     * What a client lacks that holds a cache of this number.
     *
     * @throws org.mckms.protocol.error.KmsException {@code INTERNAL} if a row was changed past this server
     */
    public KmsCertCache newerThan(OptionalLong cacheNum) {
        List<KmsCertificate> found = rows.newerThan(cacheNum.orElse(0)).stream()
                .map(row -> trusted(row).certificate())
                .toList();
        return new KmsCertCache(OptionalLong.of(newestNumber()), found);
    }

    /** All certificates. */
    public List<ExternalCertificate> all() {
        return rows.newerThan(0).stream().map(this::trusted).toList();
    }

    /** Those of one KMS, compared octet by octet. */
    public List<ExternalCertificate> ofKms(String kmsUri) {
        return rows.ofKms(kmsUri).stream().map(this::trusted).toList();
    }

    public Optional<ExternalCertificate> find(String certUri) {
        return rows.find(certUri).map(this::trusted);
    }

    /** Rows without any check of their MAC, in order of cache number; see {@link #isIntact}. */
    public List<StoredRow<ExternalCertificate>> unchecked() {
        return rows.newerThan(0);
    }

    /** Asks the token whether a row is what this server wrote. */
    public boolean isIntact(MacProtected<ExternalCertificate> certificate) {
        return guard.matches(fields(certificate.row()), certificate.mac());
    }

    /** Former states of one certificate, newest first. */
    public List<FormerCertificate> history(String certUri, int limit) {
        return rows.history(certUri, limit);
    }

    /** As {@link #find}, and holds everybody else who changes certificates until the transaction ends. */
    public Optional<ExternalCertificate> lock(String certUri) {
        rows.lock();
        return find(certUri);
    }

    /** Takes in a certificate whose CertUri is not held; the caller has the lock. */
    public ExternalCertificate add(KmsCertificate certificate, CertificateProvenance provenance) {
        ExternalCertificate added = new ExternalCertificate(certificate, nextNumber(), provenance);
        rows.insert(protect(added));
        return added;
    }

    /** Puts another state in the place of a held certificate; the caller has the lock. */
    public ExternalCertificate change(
            ExternalCertificate held, KmsCertificate now, CertificateProvenance provenance, CertificateEnding ending) {
        ExternalCertificate changed = new ExternalCertificate(now, nextNumber(), provenance);
        rows.addToHistory(held.ended(ending));
        rows.update(protect(changed));
        return changed;
    }

    /** Takes a certificate out of the cache; the caller has the lock. The number of the cache stays. */
    public void remove(ExternalCertificate held, CertificateEnding ending) {
        rows.addToHistory(held.ended(ending));
        rows.delete(held.certUri());
    }

    /** The MAC that a row of this content has to carry. */
    public Octets macOf(ExternalCertificate external) {
        return guard.mac(fields(external));
    }

    private ExternalCertificate trusted(StoredRow<ExternalCertificate> row) {
        return guard.trusted(RowTable.EXTERNAL_CERTIFICATE, row, this::fields);
    }

    private long newestNumber() {
        long counted = rows.cacheState()
                .map(row -> guard.trusted(RowTable.CERTIFICATE_CACHE, row, this::fields)
                        .number())
                .orElse(0L);
        return Math.max(counted, rows.newestCacheNum());
    }

    private long nextNumber() {
        CertificateCacheState next = new CertificateCacheState(newestNumber() + 1);
        rows.save(new MacProtected<>(next, guard.mac(fields(next))));
        return next.number();
    }

    private MacProtected<ExternalCertificate> protect(ExternalCertificate external) {
        return new MacProtected<>(external, macOf(external));
    }

    private RowFields fields(CertificateCacheState state) {
        return guard.fields(RowTable.CERTIFICATE_CACHE).number(state.number());
    }

    private RowFields fields(ExternalCertificate external) {
        KmsCertificate certificate = external.certificate();
        CertificateProvenance provenance = external.provenance();
        return guard.fields(RowTable.EXTERNAL_CERTIFICATE)
                .text(certificate.certUri())
                .number(external.cacheNum())
                .text(certificate.kmsUri())
                .text(certificate.issuer())
                .time(certificate.validFrom())
                .time(certificate.validTo())
                .flag(certificate.revoked())
                .flag(certificate.securityGateway())
                .number(certificate.schedule().lengthSeconds())
                .number(certificate.schedule().offsetSeconds())
                .texts(certificate.domains())
                .octets(certificate.pubEncKey().octets())
                .octets(certificate.pubAuthKey().octets())
                .text(provenance.importedBy())
                .time(provenance.importedAt())
                .text(provenance.documentSha256())
                .text(provenance.signerSha256());
    }
}
