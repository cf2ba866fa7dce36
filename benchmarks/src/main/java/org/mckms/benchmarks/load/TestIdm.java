package org.mckms.benchmarks.load;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Properties;
import java.util.UUID;

/** The identity management server of a development home: makes the access tokens of clients (TS 33.180 annex B.2.2). */
final class TestIdm {
    private static final Duration LIFETIME = Duration.ofHours(6);

    private final String keyId;
    private final PrivateKey key;
    private final String issuer;
    private final String audience;

    private TestIdm(String keyId, PrivateKey key, String issuer, String audience) {
        this.keyId = keyId;
        this.key = key;
        this.issuer = issuer;
        this.audience = audience;
    }

    static TestIdm of(Path home, Properties settings) throws IOException, GeneralSecurityException {
        try (JsonReader in = Json.createReader(Files.newInputStream(home.resolve("idm/dev-idm.jwk")))) {
            JsonObject jwk = in.readObject();
            return new TestIdm(
                    jwk.getString("kid"),
                    privateKey(Base64.getUrlDecoder().decode(jwk.getString("d"))),
                    settings.getProperty("kms.issuer.development.iss"),
                    settings.getProperty("kms.issuer.development.audience"));
        }
    }

    private static PrivateKey privateKey(byte[] scalar) throws GeneralSecurityException {
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        return KeyFactory.getInstance("EC")
                .generatePrivate(
                        new ECPrivateKeySpec(new BigInteger(1, scalar), curve.getParameterSpec(ECParameterSpec.class)));
    }

    /** A token of a user for key management, good for some hours. */
    String token(String userUri) throws GeneralSecurityException {
        return token(userUri, "3gpp:mc:ptt_key_management_service");
    }

    /** A token of a user for groups, as its manager or member. */
    String groupToken(String userUri) throws GeneralSecurityException {
        return token(userUri, "3gpp:mc:ptt_group_management_service");
    }

    private String token(String userUri, String scope) throws GeneralSecurityException {
        long now = Instant.now().getEpochSecond();
        String header = Json.createObjectBuilder()
                .add("alg", "ES256")
                .add("kid", keyId)
                .build()
                .toString();
        String claims = Json.createObjectBuilder()
                .add("iss", issuer)
                .add("sub", userUri)
                .add("aud", audience)
                .add("client_id", "load")
                .add("mcptt_id", userUri)
                .add("scope", "openid " + scope)
                .add("iat", now)
                .add("exp", now + LIFETIME.toSeconds())
                .add("jti", UUID.randomUUID().toString())
                .build()
                .toString();
        String signed = base64url(header) + "." + base64url(claims);
        Signature signer = Signature.getInstance("SHA256withECDSAinP1363Format");
        signer.initSign(key);
        signer.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signer.sign());
    }

    private static String base64url(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
