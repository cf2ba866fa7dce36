package org.mckms.protocol;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.KmsPublicAuthenticationKey;
import org.mckms.mikeysakke.eccsi.PublicValidationToken;
import org.mckms.mikeysakke.eccsi.SecretSigningKey;
import org.mckms.mikeysakke.identity.KeyPeriod;
import org.mckms.mikeysakke.identity.KeyPeriodSchedule;
import org.mckms.mikeysakke.identity.UserIdentifier;
import org.mckms.mikeysakke.sakke.KmsPublicKey;
import org.mckms.mikeysakke.sakke.ReceiverSecretKey;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.KmsKeySet;
import org.mckms.protocol.message.Role;

/** The values that the sample documents were made from. */
public final class Fixtures {
    public static final JsonObject DOMAIN = read("/vectors/domain/alice-1514.json");
    public static final String ALICE = DOMAIN.getString("userUri");
    public static final String KMS = DOMAIN.getString("kmsUri");
    public static final String ROOT_URL = "https://kms.example.org/keymanagement/identity/v1/";
    public static final Instant ANSWERED = Instant.parse("2024-05-18T05:52:26Z");

    private Fixtures() {}

    public static KmsCertificate certificate(Role role, String kmsUri, String domain) {
        return new KmsCertificate(
                role,
                Optional.of("cert1." + kmsUri),
                kmsUri,
                Optional.of("www.example.org"),
                Optional.of(Instant.parse("2024-01-01T00:00:00Z")),
                Optional.of(Instant.parse("2026-01-01T00:00:00Z")),
                false,
                new KeyPeriodSchedule(DOMAIN.getInt("userKeyPeriod"), DOMAIN.getInt("userKeyOffset")),
                new KmsPublicKey(Octets.fromHex(DOMAIN.getString("pubEncKey"))),
                new KmsPublicAuthenticationKey(Octets.fromHex(DOMAIN.getString("pubAuthKey"))),
                List.of(domain));
    }

    public static KmsCertificate securityGateway() {
        KmsCertificate plain = certificate(Role.ROOT, KMS, "example.org");
        return new KmsCertificate(
                plain.role(),
                plain.certUri(),
                plain.kmsUri(),
                plain.issuer(),
                plain.validFrom(),
                plain.validTo(),
                true,
                plain.schedule(),
                plain.pubEncKey(),
                plain.pubAuthKey(),
                List.of("a.example", "b.example"),
                true);
    }

    public static KmsKeySet keySet() {
        return new KmsKeySet(
                KMS,
                Optional.of("cert1.kms.example.org"),
                Optional.of("www.example.org"),
                ALICE,
                new UserIdentifier(Octets.fromHex(DOMAIN.getString("uid"))),
                Optional.of(Instant.parse("2024-05-10T00:00:00Z")),
                Optional.of(Instant.parse("2024-06-08T23:59:59Z")),
                new KeyPeriod(DOMAIN.getInt("keyPeriodNo")),
                false,
                ReceiverSecretKey.takeFrom(octets("userDecryptKey")),
                SecretSigningKey.takeFrom(octets("userSigningKeySSK")),
                new PublicValidationToken(Octets.copyOf(octets("userPubTokenPVT"))));
    }

    public static byte[] octets(String name) {
        return HexFormat.of().parseHex(DOMAIN.getString(name));
    }

    private static JsonObject read(String resource) {
        try (JsonReader reader = Json.createReader(Fixtures.class.getResourceAsStream(resource))) {
            return reader.readObject();
        }
    }
}
