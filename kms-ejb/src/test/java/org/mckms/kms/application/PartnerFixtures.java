package org.mckms.kms.application;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mckms.kms.infrastructure.vault.VaultFixtures;
import org.mckms.mikeysakke.eccsi.KmsPublicAuthenticationKey;
import org.mckms.mikeysakke.sakke.KmsPublicKey;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.Role;

/** Certificates of partner KMSs, with the public keys of RFC 6507 and RFC 6508. */
final class PartnerFixtures {

    private PartnerFixtures() {}

    static KmsCertificate certificate(String certUri, String kmsUri) {
        return certificate(certUri, kmsUri, "2026-01-01T00:00:00Z", List.of("partner.example"));
    }

    static KmsCertificate certificate(String certUri, String kmsUri, String validFrom, List<String> domains) {
        return new KmsCertificate(
                Role.EXTERNAL,
                Optional.of(certUri),
                kmsUri,
                Optional.empty(),
                Optional.of(Instant.parse(validFrom)),
                Optional.empty(),
                false,
                ServerRig.SCHEDULE,
                new KmsPublicKey(VaultFixtures.RFC.octets("zTPublic")),
                new KmsPublicAuthenticationKey(VaultFixtures.RFC.octets("kpak")),
                domains);
    }
}
