package org.mckms.protocol.message;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.eccsi.KmsPublicAuthenticationKey;
import org.mckms.mikeysakke.identity.KeyPeriodSchedule;
import org.mckms.mikeysakke.sakke.KmsPublicKey;
import org.mckms.protocol.element.Checked;

/**
 * A KMS certificate (TS 33.180 clause D.3.2): the public keys of a KMS and the parameters of its users' UIDs. It is not
 * an X.509 certificate; it is protected by the channel that brings it. UserIdFormat is always 2 and ParameterSet 1.
 *
 * @param certUri name of this certificate; one that arrives later under the same name replaces it
 * @param kmsUri URI of the KMS; this very string is hashed into UIDs (P2 of annex F.2.1)
 * @param issuer issuing entity
 * @param schedule UserKeyPeriod and UserKeyOffset, seconds
 * @param pubEncKey Z_T, 257 octets
 * @param pubAuthKey KPAK, 65 octets
 * @param domains domains served; may be empty
 * @param securityGateway whether it belongs to an MC security gateway
 * @throws InvalidValueException if a text cannot travel in XML or the validity ends before it begins
 */
public record KmsCertificate(
        Role role,
        Optional<String> certUri,
        String kmsUri,
        Optional<String> issuer,
        Optional<Instant> validFrom,
        Optional<Instant> validTo,
        boolean revoked,
        KeyPeriodSchedule schedule,
        KmsPublicKey pubEncKey,
        KmsPublicAuthenticationKey pubAuthKey,
        List<String> domains,
        boolean securityGateway) {
    public KmsCertificate {
        Objects.requireNonNull(role, "role");
        certUri.ifPresent(uri -> Checked.uri(uri, "CertUri"));
        Checked.uri(kmsUri, "KmsUri");
        issuer.ifPresent(text -> Checked.text(text, "Issuer"));
        Checked.validity(validFrom, validTo);
        Objects.requireNonNull(schedule, "schedule");
        Objects.requireNonNull(pubEncKey, "pubEncKey");
        Objects.requireNonNull(pubAuthKey, "pubAuthKey");
        domains = List.copyOf(domains);
        domains.forEach(domain -> Checked.uri(domain, "KmsDomain"));
    }

    /** A certificate of a KMS that is no security gateway. */
    public KmsCertificate(
            Role role,
            Optional<String> certUri,
            String kmsUri,
            Optional<String> issuer,
            Optional<Instant> validFrom,
            Optional<Instant> validTo,
            boolean revoked,
            KeyPeriodSchedule schedule,
            KmsPublicKey pubEncKey,
            KmsPublicAuthenticationKey pubAuthKey,
            List<String> domains) {
        this(
                role,
                certUri,
                kmsUri,
                issuer,
                validFrom,
                validTo,
                revoked,
                schedule,
                pubEncKey,
                pubAuthKey,
                domains,
                false);
    }
}
