package org.mckms.kms.domain;

import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.EccsiExtraction;
import org.mckms.mikeysakke.eccsi.KmsPublicAuthenticationKey;
import org.mckms.mikeysakke.eccsi.KmsSecretAuthenticationKey;
import org.mckms.mikeysakke.eccsi.PublicValidationToken;
import org.mckms.mikeysakke.eccsi.SecretSigningKey;
import org.mckms.mikeysakke.identity.IdentityEncoding;
import org.mckms.mikeysakke.identity.UserIdentifier;
import org.mckms.mikeysakke.sakke.KmsMasterSecret;
import org.mckms.mikeysakke.sakke.ReceiverSecretKey;
import org.mckms.mikeysakke.sakke.SakkeExtraction;
import org.mckms.mikeysakke.secret.SecretScalar;

/**
 * The steps of key extraction, one by one, so that tests of this package can put a fault into each of them. Outside this
 * package nobody can replace a step; the self-check never calls one.
 */
class ExtractionSteps {

    /** The identity as it is hashed and used as an integer. */
    Octets identity(UserIdentifier uid, IdentityEncoding encoding) {
        return encoding.identityOctets(uid);
    }

    /** v, derived. */
    SecretScalar validationScalar(MasterSecrets masters, Octets identity, int issue, int attempt) {
        return masters.validationScalar(identity, issue, attempt);
    }

    /** PVT = [v]G (RFC 6507 clause 5.1.1). */
    PublicValidationToken pvt(SecretScalar v) {
        return EccsiExtraction.pvt(v);
    }

    /** HS = SHA-256(G || KPAK || ID || PVT) (RFC 6507 clause 5.1.1). */
    Octets hs(KmsPublicAuthenticationKey kpak, Octets identity, PublicValidationToken pvt) {
        return EccsiExtraction.hs(kpak, identity, pvt);
    }

    /** SSK = (KSAK + HS v) mod q (RFC 6507 clause 5.1.1). */
    SecretSigningKey ssk(KmsSecretAuthenticationKey ksak, Octets hs, SecretScalar v) {
        return EccsiExtraction.ssk(ksak, hs, v);
    }

    /** k = (a + z_T)^-1 mod q (RFC 6508 clause 6.1.1). */
    SecretScalar inverse(Octets identity, KmsMasterSecret zT) {
        return SakkeExtraction.inverse(identity, zT);
    }

    /** RSK = [k]P (RFC 6508 clause 6.1.1). */
    ReceiverSecretKey rsk(SecretScalar k) {
        return SakkeExtraction.rsk(k);
    }
}
