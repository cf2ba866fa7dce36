package org.mckms.client;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
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
import org.mckms.protocol.codec.KmsResponseCodec;
import org.mckms.protocol.codec.ResponseProtection;
import org.mckms.protocol.codec.WireDialect;
import org.mckms.protocol.element.KmsAnswer;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.KmsInit;
import org.mckms.protocol.message.KmsKeyProv;
import org.mckms.protocol.message.KmsKeySet;
import org.mckms.protocol.message.KmsResponse;
import org.mckms.protocol.message.Role;

/**
 * The domain of {@code vectors/kms-domain/selfmade.json} as messages. Its key sets are for period 1514, in which
 * {@link #NOW} lies: 2024-05-10T00:00:00Z to 2024-06-08T23:59:59Z.
 */
public final class TestDomain {
    public static final String ALICE = "sip:alice@example.org";
    public static final String BOB = "sip:bob@example.org";
    public static final String SERVER = "sip:mcptt-server@example.org";
    public static final String KMS_URI = "kms.example.org";
    public static final String CERT_URI = "cert1.kms.example.org";
    public static final Instant NOW = Instant.parse("2024-05-18T05:52:25Z");
    public static final Instant PERIOD_START = Instant.parse("2024-05-10T00:00:00Z");
    public static final Instant PERIOD_LAST_SECOND = Instant.parse("2024-06-08T23:59:59Z");
    public static final long PERIOD = 1514;
    public static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private static final JsonObject VECTORS = load("/vectors/kms-domain/selfmade.json");

    private TestDomain() {}

    /** What can be changed in a key set to make it wrong. */
    public record Keys(
            String kmsUri,
            Optional<String> certUri,
            String userUri,
            String uid,
            Optional<Instant> validFrom,
            Optional<Instant> validTo,
            long period,
            boolean revoked,
            String rsk,
            String ssk,
            String pvt) {
        public KmsKeySet build() {
            return new KmsKeySet(
                    kmsUri,
                    certUri,
                    Optional.empty(),
                    userUri,
                    new UserIdentifier(Octets.fromHex(uid)),
                    validFrom,
                    validTo,
                    new KeyPeriod(period),
                    revoked,
                    ReceiverSecretKey.takeFrom(Octets.fromHex(rsk).toByteArray()),
                    SecretSigningKey.takeFrom(Octets.fromHex(ssk).toByteArray()),
                    new PublicValidationToken(Octets.fromHex(pvt)));
        }
    }

    public static Keys keysOf(String userUri) {
        JsonObject vector = VECTORS.getJsonArray("keySets").getValuesAs(JsonObject.class).stream()
                .filter(set -> set.getString("userUri").equals(userUri))
                .findFirst()
                .orElseThrow();
        return new Keys(
                KMS_URI,
                Optional.of(CERT_URI),
                userUri,
                vector.getString("uid"),
                Optional.of(PERIOD_START),
                Optional.of(PERIOD_LAST_SECOND),
                PERIOD,
                false,
                vector.getString("userDecryptKey"),
                vector.getString("userSigningKeySSK"),
                vector.getString("userPubTokenPVT"));
    }

    public static KmsCertificate certificate() {
        return certificate(Role.ROOT, false);
    }

    public static KmsCertificate certificate(Role role, boolean revoked) {
        JsonObject kms = VECTORS.getJsonObject("kms");
        return new KmsCertificate(
                role,
                Optional.of(CERT_URI),
                KMS_URI,
                Optional.of("www.example.org"),
                Optional.of(Instant.parse("2024-01-01T00:00:00Z")),
                Optional.of(Instant.parse("2026-01-01T00:00:00Z")),
                revoked,
                new KeyPeriodSchedule(kms.getInt("userKeyPeriod"), kms.getInt("userKeyOffset")),
                new KmsPublicKey(Octets.fromHex(kms.getString("pubEncKey"))),
                new KmsPublicAuthenticationKey(Octets.fromHex(kms.getString("pubAuthKey"))),
                List.of("example.org"));
    }

    /** A response to {@link #ALICE} as XML. */
    public static byte[] document(KmsAnswer answer) {
        try (KmsResponse response =
                new KmsResponse(ALICE, KMS_URI, NOW, Optional.of("kms-1"), "https://localhost/keymanagement", answer)) {
            return KmsResponseCodec.encode(response, WireDialect.STANDARD, ResponseProtection.NONE);
        }
    }

    public static byte[] initDocument() {
        return document(new KmsInit(certificate()));
    }

    public static byte[] keyProvDocument(Keys... keys) {
        return document(new KmsKeyProv(Arrays.stream(keys).map(Keys::build).toList()));
    }

    public static JsonObject load(String resource) {
        try (InputStream in = TestDomain.class.getResourceAsStream(resource);
                JsonReader reader = Json.createReader(in)) {
            return reader.readObject();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
