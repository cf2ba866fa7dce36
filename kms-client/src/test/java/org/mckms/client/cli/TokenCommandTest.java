package org.mckms.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.AlgorithmParameters;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.TestDomain;
import org.mckms.client.TestPki;

class TokenCommandTest {
    private static final TestPki PKI = new TestPki();
    private static final URI NOWHERE = URI.create("https://localhost:1");

    @TempDir
    private Path home;

    @BeforeEach
    void makeHome() throws Exception {
        TestHome.make(home, PKI, NOWHERE, NOWHERE);
    }

    @Test
    void mintsATokenThatTheJoseLibraryAccepts() throws Exception {
        Cli.Result result = Cli.in(home).run("token", "--user", TestDomain.ALICE);

        assertThat(result.exit()).isZero();
        assertThat(result.err()).isEmpty();
        SignedJWT token = SignedJWT.parse(result.out().strip());
        assertThat(token.verify(new ECDSAVerifier(publicKey()))).isTrue();
        assertThat(token.getHeader().getKeyID()).isEqualTo(publicKey().getKeyID());
        assertThat(token.getHeader().toJSONObject()).containsOnlyKeys("alg", "kid", "typ");
        JWTClaimsSet claims = token.getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo(TestHome.ISSUER);
        assertThat(claims.getAudience()).containsExactly(TestHome.AUDIENCE);
        assertThat(claims.getStringClaim("mcptt_id")).isEqualTo(TestDomain.ALICE);
        assertThat(claims.getStringClaim("client_id")).isEqualTo("kmsctl");
        assertThat(claims.getStringClaim("scope")).isEqualTo("openid 3gpp:mc:ptt_key_management_service");
        assertThat(claims.getIssueTime()).isEqualTo(Date.from(TestDomain.NOW));
        assertThat(claims.getExpirationTime()).isEqualTo(Date.from(TestDomain.NOW.plusSeconds(600)));
        assertThat(claims.getClaim("mcvideo_id")).isNull();
        assertThat(claims.getClaim("mcdata_id")).isNull();
    }

    @Test
    void signsAsAnIndependentCheckWantsIt() throws Exception {
        String token =
                Cli.in(home).run("token", "--user", TestDomain.ALICE).out().strip();
        int lastDot = token.lastIndexOf('.');
        Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");

        verifier.initVerify(publicKeyByHand());
        verifier.update(token.substring(0, lastDot).getBytes(StandardCharsets.US_ASCII));
        assertThat(verifier.verify(Base64.getUrlDecoder().decode(token.substring(lastDot + 1))))
                .isTrue();

        verifier.initVerify(publicKeyByHand());
        verifier.update((token.substring(0, lastDot) + "A").getBytes(StandardCharsets.US_ASCII));
        assertThat(verifier.verify(Base64.getUrlDecoder().decode(token.substring(lastDot + 1))))
                .isFalse();
    }

    @Test
    void putsTheOptionsIntoTheToken() throws Exception {
        JsonObject result = Cli.in(home)
                .run(
                        "token",
                        "--json",
                        "--user=" + TestDomain.BOB,
                        "--service=mcvideo,mcdata",
                        "--client-id=radio-7",
                        "--lifetime=60",
                        "--issuer=https://other.example",
                        "--audience=kms.other.example")
                .json();

        JWTClaimsSet claims = SignedJWT.parse(result.getString("token")).getJWTClaimsSet();
        assertThat(claims.getStringClaim("mcvideo_id")).isEqualTo(TestDomain.BOB);
        assertThat(claims.getStringClaim("mcdata_id")).isEqualTo(TestDomain.BOB);
        assertThat(claims.getClaim("mcptt_id")).isNull();
        assertThat(claims.getStringClaim("scope"))
                .isEqualTo("openid 3gpp:mc:video_key_management_service 3gpp:mc:data_key_management_service");
        assertThat(claims.getStringClaim("client_id")).isEqualTo("radio-7");
        assertThat(claims.getIssuer()).isEqualTo("https://other.example");
        assertThat(claims.getAudience()).containsExactly("kms.other.example");
        assertThat(result.getString("expires"))
                .isEqualTo(TestDomain.NOW.plusSeconds(60).toString());
    }

    @Test
    void takesScopesAsGiven() throws Exception {
        String token = Cli.in(home)
                .run(
                        "token",
                        "--user",
                        TestDomain.ALICE,
                        "--scope",
                        "openid",
                        "--scope",
                        "3gpp:mcptt:key_management_server")
                .out()
                .strip();

        assertThat(SignedJWT.parse(token).getJWTClaimsSet().getStringClaim("scope"))
                .isEqualTo("openid 3gpp:mcptt:key_management_server");
    }

    @Test
    void givesEveryTokenItsOwnNumber() throws Exception {
        String first =
                Cli.in(home).run("token", "--user", TestDomain.ALICE).out().strip();
        String second =
                Cli.in(home).run("token", "--user", TestDomain.ALICE).out().strip();

        assertThat(SignedJWT.parse(first).getJWTClaimsSet().getJWTID())
                .isNotEqualTo(SignedJWT.parse(second).getJWTClaimsSet().getJWTID());
    }

    @Test
    void saysHowToMakeAKeyWhenThereIsNone() throws Exception {
        Files.delete(home.resolve("idm/dev-idm.jwk"));

        Cli.Result result = Cli.in(home).run("token", "--user", TestDomain.ALICE);

        assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err()).contains("error: cannot read the key").contains("hint: `kmsctl idm-key`");
    }

    @Test
    void refusesAKeyThatCannotSign() throws Exception {
        for (String wrong : List.of("{}", "no json", publicKey().toJSONString())) {
            Path key = Files.writeString(home.resolve("wrong.jwk"), wrong);

            Cli.Result result = Cli.in(home).run("token", "--user", TestDomain.ALICE, "--key", key.toString());

            assertThat(result.exit()).as(wrong).isEqualTo(ExitCode.FAILED);
            assertThat(result.out()).isEmpty();
        }
    }

    @Test
    void keepsThePrivateKeyToItsOwner() throws Exception {
        Path key = home.resolve("idm/dev-idm.jwk");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(key)).contains("\"d\":");
        assertThat(Files.readString(home.resolve("idm/jwks.json")))
                .doesNotContain("\"d\"")
                .contains("\"keys\"");
    }

    @Test
    void doesNotReplaceAKeyUnlessToldTo() throws Exception {
        String before = Files.readString(home.resolve("idm/dev-idm.jwk"));

        Cli.Result refused = Cli.in(home).run("idm-key");
        assertThat(refused.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(refused.err()).contains("hint: --replace");
        assertThat(Files.readString(home.resolve("idm/dev-idm.jwk"))).isEqualTo(before);

        Cli.Result replaced = Cli.in(home).run("idm-key", "--replace", "--json");
        assertThat(replaced.exit()).isZero();
        assertThat(Files.readString(home.resolve("idm/dev-idm.jwk"))).isNotEqualTo(before);
        assertThat(replaced.json().getString("keyId")).isEqualTo(publicKey().getKeyID());
    }

    private ECKey publicKey() throws Exception {
        return JWKSet.load(home.resolve("idm/jwks.json").toFile())
                .getKeys()
                .get(0)
                .toECKey();
    }

    /** Builds the public key from its coordinates without the JOSE library. */
    private PublicKey publicKeyByHand() throws Exception {
        JsonObject jwk;
        try (JsonReader reader =
                Json.createReader(new ByteArrayInputStream(Files.readAllBytes(home.resolve("idm/jwks.json"))))) {
            jwk = reader.readObject().getJsonArray("keys").getJsonObject(0);
        }
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        ECPoint point = new ECPoint(coordinate(jwk.getString("x")), coordinate(jwk.getString("y")));
        return KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class)));
    }

    private static BigInteger coordinate(String base64Url) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(base64Url));
    }
}
