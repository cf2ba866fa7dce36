package org.mckms.kms.domain;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;
import java.util.List;
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
import org.mckms.mikeysakke.sakke.SakkeExtractor;
import org.mckms.mikeysakke.secret.SecretScalar;

/**
 * The steps of key extraction, one by one, so that tests of this package can put a fault into each of them. Outside this
 * package nobody can replace a step; the self-check never calls one.
 */
class ExtractionSteps {

    private final SakkeExtractor sakke;
    private final SecureRandom random;

    /** @param random blinds shared inversions; no key depends on it */
    ExtractionSteps(SakkeExtractor sakke, SecureRandom random) {
        this.sakke = requireNonNull(sakke, "sakke");
        this.random = requireNonNull(random, "random");
    }

    /** The identity as it is hashed and used as an integer. */
    Octets identity(UserIdentifier uid, IdentityEncoding encoding) {
        return encoding.identityOctets(uid);
    }

    /** v, derived. */
    SecretScalar validationScalar(MasterSecrets masters, Octets identity, int issue, int attempt) {
        return masters.validationScalar(identity, issue, attempt);
    }

    /** PVT = [v]G for each v (RFC 6507 clause 5.1.1). */
    List<PublicValidationToken> pvts(List<SecretScalar> v) {
        return EccsiExtraction.pvts(v, random);
    }

    /** HS = SHA-256(G || KPAK || ID || PVT) (RFC 6507 clause 5.1.1). */
    Octets hs(KmsPublicAuthenticationKey kpak, Octets identity, PublicValidationToken pvt) {
        return EccsiExtraction.hs(kpak, identity, pvt);
    }

    /** SSK = (KSAK + HS v) mod q (RFC 6507 clause 5.1.1). */
    SecretSigningKey ssk(KmsSecretAuthenticationKey ksak, Octets hs, SecretScalar v) {
        return EccsiExtraction.ssk(ksak, hs, v);
    }

    /** k = (a + z_T)^-1 mod q for each identity a (RFC 6508 clause 6.1.1). */
    List<SecretScalar> inverses(List<Octets> identities, KmsMasterSecret zT) {
        return sakke.inverses(identities, zT);
    }

    /** RSK = [k]P for each k (RFC 6508 clause 6.1.1). */
    List<ReceiverSecretKey> rsks(List<SecretScalar> k) {
        return sakke.rsks(k);
    }
}
