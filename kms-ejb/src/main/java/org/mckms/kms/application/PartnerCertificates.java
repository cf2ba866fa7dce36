package org.mckms.kms.application;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptors;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.mckms.kms.domain.CertificateEnding;
import org.mckms.kms.domain.ExternalCertificate;
import org.mckms.kms.domain.ExternalCertificateRegister;
import org.mckms.kms.domain.FormerCertificate;
import org.mckms.kms.domain.MasterSecretVault;
import org.mckms.kms.domain.OperatorIdentity;
import org.mckms.kms.domain.OperatorRole;
import org.mckms.kms.domain.VaultState;
import org.mckms.platform.audit.AuditNote;
import org.mckms.platform.audit.RecordedTransactions;
import org.mckms.platform.config.KmsSettings;
import org.mckms.platform.persistence.Transactions;
import org.mckms.platform.row.StoredRow;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsCertificate;

/**
 * The certificates of partner KMSs (TS 33.180 clauses 5.3.4 and 5.3.5). Roles: any to read; officer to import, replace and
 * remove; officer or operator to revoke, which is urgent.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@Interceptors(OperatorRefusals.class)
public class PartnerCertificates {

    private static final int HISTORY = 100;

    @Inject
    ExternalCertificateRegister certificates;

    @Inject
    MasterSecretVault vault;

    @Inject
    Transactions transactions;

    @Inject
    RecordedTransactions recorded;

    @Inject
    KmsSettings settings;

    @Inject
    Clock clock;

    /** All held certificates in order of cache number. Rows are shown even if their MAC is wrong, and say so. */
    public List<PartnerCertificateView> list(OperatorIdentity caller) {
        caller.mustBeOneOf(OperatorRole.values());
        return transactions.inNew(certificates::unchecked).stream()
                .map(this::view)
                .toList();
    }

    /** @throws KmsException {@code NOT_FOUND} */
    public PartnerCertificateView show(OperatorIdentity caller, String certUri) {
        return list(caller).stream()
                .filter(view -> view.certUri().equals(certUri))
                .findFirst()
                .orElseThrow(() -> unknown(certUri));
    }

    /** Up to a hundred former states of one certificate, newest first. */
    public List<FormerCertificate> history(OperatorIdentity caller, String certUri) {
        caller.mustBeOneOf(OperatorRole.values());
        return transactions.inNew(() -> certificates.history(certUri, HISTORY));
    }

    /**
     * Reads and checks a document and changes nothing.
     *
     * @throws KmsException {@code INVALID_CERTIFICATE} or {@code MALFORMED_REQUEST}
     */
    public PartnerDocument verify(OperatorIdentity caller, byte[] document) {
        caller.mustBeOneOf(OperatorRole.values());
        return PartnerDocument.read(document, now());
    }

    /**
     * Takes in a certificate whose CertUri is not held.
     *
     * @param confirmedSha256 SHA-256 of the document as the partner told it by another way, 64 lower-case hex digits
     * @throws KmsException {@code INVALID_CERTIFICATE}, {@code MALFORMED_REQUEST}, or {@code CONFLICT} if the CertUri is
     *     held or the certificate names this KMS
     */
    public PartnerCertificateView importDocument(OperatorIdentity caller, byte[] document, String confirmedSha256) {
        caller.must(OperatorRole.OFFICER);
        PartnerDocument read = confirmed(document, confirmedSha256);
        if (read.certificate().revoked()) {
            throw new KmsException(KmsErrorCode.INVALID_CERTIFICATE, "a certificate that is revoked is not taken in");
        }
        return recorded.inNew(trail -> {
            if (certificates.lock(certUri(read)).isPresent()) {
                throw conflict("a certificate of this CertUri is held; replace it");
            }
            ExternalCertificate added = certificates.add(read.certificate(), read.provenance(caller.name(), now()));
            trail.accept(note(AuditEvent.PARTNER_CERTIFICATE_IMPORTED, caller, added));
            return intact(added);
        });
    }

    /**
     * Puts another certificate in the place of a held one of the same CertUri and KmsUri; clients get it by its new cache
     * number.
     *
     * @param confirmedSha256 as of {@link #importDocument}
     * @throws KmsException {@code NOT_FOUND}, {@code INVALID_CERTIFICATE}, {@code MALFORMED_REQUEST}, or {@code CONFLICT}
     *     if it is of another KMS or is what is held
     */
    public PartnerCertificateView replace(OperatorIdentity caller, byte[] document, String confirmedSha256) {
        caller.must(OperatorRole.OFFICER);
        PartnerDocument read = confirmed(document, confirmedSha256);
        return recorded.inNew(trail -> {
            ExternalCertificate held = locked(certUri(read));
            if (!held.certificate().kmsUri().equals(read.certificate().kmsUri())) {
                throw conflict("the certificate held under this CertUri is of another KMS");
            }
            if (held.certificate().equals(read.certificate())) {
                throw conflict("this certificate is held already");
            }
            ExternalCertificate replaced = certificates.change(
                    held,
                    read.certificate(),
                    read.provenance(caller.name(), now()),
                    ending(CertificateEnding.Kind.REPLACED, caller, Optional.empty()));
            trail.accept(note(AuditEvent.PARTNER_CERTIFICATE_REPLACED, caller, replaced));
            return intact(replaced);
        });
    }

    /**
     * Marks a certificate as revoked. It stays in the cache under a new number, so that clients hear of it.
     *
     * @param reason 1 to 500 characters
     * @throws KmsException {@code NOT_FOUND}, or {@code CONFLICT} if it is revoked already
     */
    public PartnerCertificateView revoke(OperatorIdentity caller, String certUri, String reason) {
        caller.mustBeOneOf(OperatorRole.OFFICER, OperatorRole.OPERATOR);
        OperatorInput.checkReason(reason);
        return recorded.inNew(trail -> {
            ExternalCertificate held = locked(certUri);
            if (held.certificate().revoked()) {
                throw conflict("the certificate is revoked already");
            }
            ExternalCertificate revoked = certificates.change(
                    held,
                    revoked(held.certificate()),
                    held.provenance(),
                    ending(CertificateEnding.Kind.REVOKED, caller, Optional.of(reason)));
            trail.accept(note(AuditEvent.PARTNER_CERTIFICATE_REVOKED, caller, revoked)
                    .with("reason", reason));
            return intact(revoked);
        });
    }

    /**
     * Takes a revoked certificate out of the cache. Clients that have it keep it, revoked.
     *
     * @param reason 1 to 500 characters
     * @throws KmsException {@code NOT_FOUND}, or {@code CONFLICT} if it is not revoked: clients would never hear of it
     */
    public void remove(OperatorIdentity caller, String certUri, String reason) {
        caller.must(OperatorRole.OFFICER);
        OperatorInput.checkReason(reason);
        recorded.inNew(trail -> {
            ExternalCertificate held = locked(certUri);
            if (!held.certificate().revoked()) {
                throw conflict("only a revoked certificate can be removed; revoke it first");
            }
            certificates.remove(held, ending(CertificateEnding.Kind.REMOVED, caller, Optional.of(reason)));
            trail.accept(
                    note(AuditEvent.PARTNER_CERTIFICATE_REMOVED, caller, held).with("reason", reason));
            return held;
        });
    }

    private PartnerDocument confirmed(byte[] document, String confirmedSha256) {
        PartnerDocument read = PartnerDocument.read(document, now());
        read.mustBe(confirmedSha256);
        if (read.certificate().kmsUri().equals(settings.site().kmsUri())) {
            throw conflict("the certificate names this KMS itself");
        }
        return read;
    }

    private ExternalCertificate locked(String certUri) {
        return certificates.lock(certUri).orElseThrow(() -> unknown(certUri));
    }

    private static String certUri(PartnerDocument document) {
        return document.certificate().certUri().orElseThrow();
    }

    private CertificateEnding ending(CertificateEnding.Kind kind, OperatorIdentity caller, Optional<String> reason) {
        return new CertificateEnding(kind, caller.name(), now(), reason);
    }

    private static KmsCertificate revoked(KmsCertificate held) {
        return new KmsCertificate(
                held.role(),
                held.certUri(),
                held.kmsUri(),
                held.issuer(),
                held.validFrom(),
                held.validTo(),
                true,
                held.schedule(),
                held.pubEncKey(),
                held.pubAuthKey(),
                held.domains(),
                held.securityGateway());
    }

    private static AuditNote note(AuditEvent event, OperatorIdentity caller, ExternalCertificate certificate) {
        AuditNote note = Notes.operator(event, caller, certificate.certUri())
                .with("kms", certificate.certificate().kmsUri())
                .with("cacheNum", Long.toString(certificate.cacheNum()))
                .with("documentSha256", certificate.provenance().documentSha256());
        return certificate
                .provenance()
                .signerSha256()
                .map(signer -> note.with("signerSha256", signer))
                .orElse(note);
    }

    private PartnerCertificateView intact(ExternalCertificate certificate) {
        return new PartnerCertificateView(
                certificate.certUri(),
                Optional.of(certificate),
                certificate.holdsAt(now()),
                IdentityView.Integrity.INTACT);
    }

    private PartnerCertificateView view(StoredRow<ExternalCertificate> stored) {
        if (stored.content().isEmpty()) {
            return new PartnerCertificateView(stored.id(), Optional.empty(), false, IdentityView.Integrity.BROKEN);
        }
        ExternalCertificate content = stored.content().get().row();
        boolean active = vault.status().state() == VaultState.ACTIVE;
        boolean intact = active && certificates.isIntact(stored.content().get());
        IdentityView.Integrity checked = intact ? IdentityView.Integrity.INTACT : IdentityView.Integrity.BROKEN;
        return new PartnerCertificateView(
                stored.id(),
                Optional.of(content),
                content.holdsAt(now()),
                active ? checked : IdentityView.Integrity.UNCHECKED);
    }

    private static KmsException unknown(String certUri) {
        return new KmsException(KmsErrorCode.NOT_FOUND, "no certificate " + certUri + " is held");
    }

    private static KmsException conflict(String why) {
        return new KmsException(KmsErrorCode.CONFLICT, why);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
