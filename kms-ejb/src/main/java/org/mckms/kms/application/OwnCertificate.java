package org.mckms.kms.application;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptors;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;
import org.mckms.kms.domain.Epoch;
import org.mckms.kms.domain.EpochRegister;
import org.mckms.kms.domain.EpochRegister.EpochCatalogue;
import org.mckms.kms.domain.EpochState;
import org.mckms.kms.domain.OperatorIdentity;
import org.mckms.kms.domain.OperatorRole;
import org.mckms.kms.domain.TokenServices;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.Sha256;
import org.mckms.platform.audit.AuditTrail;
import org.mckms.platform.persistence.Transactions;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.cms.BundleSigner;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.partner.PartnerCertificateDocument;

/**
 * The certificate of this KMS as its partners get it: External, signed on the token under {@code kms.sign.cert}. Roles:
 * officer or operator.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@Interceptors(OperatorRefusals.class)
public class OwnCertificate {

    @Inject
    EpochRegister epochs;

    @Inject
    TokenServices token;

    @Inject
    Transactions transactions;

    @Inject
    AuditTrail audit;

    @Inject
    Clock clock;

    /**
     * Writes and signs the document; its SHA-256 is what the partner's operator confirms.
     *
     * @param certUri of an active epoch, also one whose validity has not begun; without it that of the present
     * @return a SignedKmsCertificate
     * @throws KmsException {@code NOT_FOUND}, {@code NOT_READY} or {@code HSM_UNAVAILABLE}
     */
    public byte[] export(OperatorIdentity caller, Optional<String> certUri) {
        caller.mustBeOneOf(OperatorRole.OFFICER, OperatorRole.OPERATOR);
        KmsCertificate own = epoch(certUri).certificate();
        byte[] document = PartnerCertificateDocument.write(own, new TokenSigner(token));
        audit.record(Notes.operator(
                        AuditEvent.CERTIFICATE_EXPORTED, caller, own.certUri().orElse(own.kmsUri()))
                .with("documentSha256", HexFormat.of().formatHex(Sha256.of(document))));
        return document;
    }

    private Epoch epoch(Optional<String> certUri) {
        EpochCatalogue catalogue = transactions.inNew(epochs::checked);
        if (certUri.isEmpty()) {
            return catalogue
                    .validAt(clock.instant())
                    .orElseThrow(() -> new KmsException(KmsErrorCode.NOT_READY, "no epoch is valid now"));
        }
        return catalogue.epochs().stream()
                .filter(epoch -> epoch.state() == EpochState.ACTIVE)
                .filter(epoch -> epoch.certificate().certUri().equals(certUri))
                .findFirst()
                .orElseThrow(() -> new KmsException(
                        KmsErrorCode.NOT_FOUND, "no active epoch has the certificate " + certUri.get()));
    }

    /** The key {@code kms.sign.cert} of the token. */
    private record TokenSigner(TokenServices token) implements BundleSigner {

        @Override
        public X509Certificate certificate() {
            try {
                return (X509Certificate) CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(token.certificateSignerDer()));
            } catch (CertificateException e) {
                throw new KmsException(
                        KmsErrorCode.HSM_UNAVAILABLE, "the certificate of kms.sign.cert on the token is none", e);
            }
        }

        @Override
        public byte[] sign(byte[] message) {
            return token.signCertificate(Octets.copyOf(message)).toByteArray();
        }
    }
}
