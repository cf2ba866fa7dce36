package org.mckms.client.cli;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.mckms.client.file.PrivateFile;

/**
 * The identity management server of a development machine, as far as a KMS sees it: a signing key (ES256) and the access
 * tokens it signs (TS 33.180 clause B.2.2). A KMS takes them only under its development profile.
 */
final class DevelopmentIdm {
    private static final int TOKEN_ID_OCTETS = 16;

    private final ECKey key;
    private final SecureRandom random;

    /**
     * What a token says.
     *
     * @param userUri MC service user ID; becomes the subject and the identity claim of each service
     * @param services at least one
     * @param scopes at least one
     */
    record Order(
            String issuer,
            String audience,
            String userUri,
            Set<Service> services,
            String clientId,
            List<String> scopes,
            Instant issuedAt,
            Duration lifetime) {
        Order {
            services = Set.copyOf(services);
            scopes = List.copyOf(scopes);
        }
    }

    private DevelopmentIdm(ECKey key, SecureRandom random) {
        this.key = key;
        this.random = random;
    }

    /** Makes a new key. */
    static DevelopmentIdm generate(SecureRandom random) {
        try {
            byte[] number = new byte[4];
            random.nextBytes(number);
            return new DevelopmentIdm(
                    new ECKeyGenerator(Curve.P_256)
                            .keyUse(KeyUse.SIGNATURE)
                            .algorithm(JWSAlgorithm.ES256)
                            .keyID("dev-idm-" + HexFormat.of().formatHex(number))
                            .secureRandom(random)
                            .generate(),
                    random);
        } catch (JOSEException e) {
            throw new CommandFailedException("no key can be made: " + e.getMessage());
        }
    }

    /** Reads the private key, a JWK. */
    static DevelopmentIdm load(Path file, SecureRandom random) {
        try {
            ECKey key = ECKey.parse(Files.readString(file, StandardCharsets.UTF_8));
            if (!key.isPrivate() || !Curve.P_256.equals(key.getCurve())) {
                throw new CommandFailedException(file + " is not a private P-256 key");
            }
            return new DevelopmentIdm(key, random);
        } catch (IOException e) {
            throw new CommandFailedException(
                    "cannot read the key of the development IdM in " + file,
                    "`kmsctl idm-key` makes one; with a real IdM give its token with --token-file");
        } catch (ParseException | IllegalStateException e) {
            throw new CommandFailedException(file + " is not a JWK of an EC key");
        }
    }

    String keyId() {
        return key.getKeyID();
    }

    /** Writes the private key for its owner only, and the public key as a JWKS that a KMS can read. */
    void save(Path privateFile, Path jwksFile) throws IOException {
        Files.createDirectories(privateFile.toAbsolutePath().getParent());
        Files.createDirectories(jwksFile.toAbsolutePath().getParent());
        PrivateFile.write(privateFile, (key.toJSONString() + "\n").getBytes(StandardCharsets.UTF_8));
        Files.writeString(jwksFile, new JWKSet(key.toPublicJWK()).toString(true) + "\n");
    }

    /** Signs an access token. */
    String mint(Order order) {
        byte[] tokenId = new byte[TOKEN_ID_OCTETS];
        random.nextBytes(tokenId);
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(order.issuer())
                .audience(order.audience())
                .subject(order.userUri())
                .jwtID(HexFormat.of().formatHex(tokenId))
                .issueTime(Date.from(order.issuedAt()))
                .expirationTime(Date.from(order.issuedAt().plus(order.lifetime())))
                .claim("client_id", order.clientId())
                .claim("scope", String.join(" ", order.scopes()));
        order.services().forEach(service -> claims.claim(service.identityClaim(), order.userUri()));
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(new JOSEObjectType("at+jwt"))
                        .keyID(key.getKeyID())
                        .build(),
                claims.build());
        try {
            token.sign(new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new CommandFailedException("the token cannot be signed: " + e.getMessage());
        }
        return token.serialize();
    }
}
