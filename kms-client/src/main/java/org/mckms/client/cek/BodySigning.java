package org.mckms.client.cek;

import static org.mckms.protocol.error.KmsErrorCode.FORBIDDEN_IDENTITY;
import static org.mckms.protocol.error.KmsErrorCode.SIGNATURE_REQUIRED;
import static org.mckms.protocol.error.KmsErrorCode.STALE_TIME;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.function.Predicate;
import org.mckms.client.CandidateKeys;
import org.mckms.client.KmsClient;
import org.mckms.client.KmsClientException;
import org.mckms.client.PartnerDirectory;
import org.mckms.client.PartnerRefusedException;
import org.mckms.client.group.MessageWindow;
import org.mckms.client.group.Sender;
import org.mckms.client.store.UserKeys;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.EccsiSigner;
import org.mckms.mikeysakke.eccsi.EccsiVerifier;
import org.mckms.mikeysakke.identity.IdentityEncoding;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.smime.SignedSipBody;
import org.mckms.protocol.smime.SipBody;

/**
 * Signs bodies with the ECCSI key of this end before they are sealed, and verifies those of others after they were opened: the CEK
 * says that one of two ends made a body, the signature which one. Optional, as both ends agree. Safe for use by several threads.
 */
public final class BodySigning {
    private final KmsClient kms;
    private final String uri;
    private final SecureRandom random;
    private final Predicate<Octets> deniedTokens;

    /**
     * @param uri identity of this end, one that {@code kms} has key sets of
     * @param deniedTokens PVTs of signers whose device was lost
     */
    public BodySigning(KmsClient kms, String uri, SecureRandom random, Predicate<Octets> deniedTokens) {
        this.kms = kms;
        this.uri = uri;
        this.random = random;
        this.deniedTokens = deniedTokens;
    }

    /**
     * Signs a body for one receiver.
     *
     * @throws KmsClientException if there is no key set of the present period
     */
    public SipBody sign(SipBody body, String receiverUri) {
        Instant now = kms.clock().instant();
        try (CandidateKeys own = kms.keysFor(uri, now)) {
            UserKeys newest = own.newest();
            EccsiSigner signer = new EccsiSigner(
                    kms.policy().encoding().identityOctets(newest.keys().userId()),
                    newest.keys().ssk(),
                    newest.keys().pvt(),
                    newest.root().pubAuthKey(),
                    random);
            return SignedSipBody.sign(body, new SignedSipBody.Claims(uri, kms.home(), receiverUri, now), signer);
        }
    }

    /**
     * Verifies a body.
     *
     * @param from who sent the message that it came in, as SIP has authenticated
     * @return the body that was signed
     * @throws KmsException FORBIDDEN_IDENTITY if it is signed by somebody else or for somebody else; STALE_TIME if not within five
     *     minutes; SIGNATURE_REQUIRED if the signature does not hold, its key is denied or its KMS not known; MALFORMED_REQUEST if
     *     it is no signed body
     */
    public SipBody verify(SipBody body, Sender from) {
        SignedSipBody signed = SignedSipBody.parse(body);
        SignedSipBody.Claims claims = signed.claims();
        if (!new Sender(claims.signerUri(), claims.signerKmsUri()).equals(from)
                || !claims.receiverUri().equals(uri)) {
            throw new KmsException(
                    FORBIDDEN_IDENTITY,
                    "a body of " + claims.signerUri() + " for " + claims.receiverUri() + " comes from " + from.uri());
        }
        Instant now = kms.clock().instant();
        if (claims.time().isAfter(now.plus(MessageWindow.TOLERANCE))
                || claims.time().isBefore(now.minus(MessageWindow.TOLERANCE))) {
            throw new KmsException(STALE_TIME, "the body was signed at " + claims.time());
        }
        if (deniedTokens.test(signed.pvt())) {
            throw new KmsException(SIGNATURE_REQUIRED, "the signing key of " + claims.signerUri() + " is denied");
        }
        return verified(signed);
    }

    private SipBody verified(SignedSipBody signed) {
        SignedSipBody.Claims claims = signed.claims();
        IdentityEncoding encoding = kms.policy().encoding();
        try {
            for (KmsCertificate certificate : kms.partners().certificatesOf(claims.signerKmsUri(), claims.time())) {
                EccsiVerifier verifier = new EccsiVerifier(certificate.pubAuthKey());
                Octets identity =
                        encoding.identityOctets(PartnerDirectory.uidOf(claims.signerUri(), certificate, claims.time()));
                if (signed.verifies(verifier, identity)) {
                    return signed.verified(verifier, identity);
                }
            }
        } catch (PartnerRefusedException e) {
            throw new KmsException(SIGNATURE_REQUIRED, e.getMessage(), e);
        }
        throw new KmsException(SIGNATURE_REQUIRED, "the signature of the body is not that of " + claims.signerUri());
    }
}
