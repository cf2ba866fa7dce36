package org.mckms.client.cli;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.mckms.client.StubServer.Reply;
import org.mckms.client.StubServer.Request;
import org.mckms.client.TestDomain;
import org.mckms.protocol.message.KmsCertCache;
import org.mckms.protocol.message.KmsError;

/** A KMS as small as can be: checks tokens of the development IdM and gives the key sets of the test domain. */
final class FakeKms implements Function<Request, Reply> {
    private static final String ROOT = "/keymanagement/identity/v1";

    private final Path jwks;
    private final Map<String, TestDomain.Keys> given = new ConcurrentHashMap<>();

    FakeKms(Path jwks) {
        this.jwks = jwks;
    }

    /** From now on the user gets these keys. */
    FakeKms giving(String userUri, TestDomain.Keys keys) {
        given.put(userUri, keys);
        return this;
    }

    @Override
    public Reply apply(Request request) {
        if (claims(request).isEmpty()) {
            return new Reply(401, Map.of("WWW-Authenticate", "Bearer error=\"invalid_token\""), new byte[0]);
        }
        return userOf(request)
                .map(user -> answer(request.target().substring(ROOT.length()), user))
                .orElseGet(() -> refusal("a server shows its certificate"));
    }

    /** The user of the access token, if it holds; a server needs its certificate and its client_id too. */
    Optional<String> userOf(Request request) {
        return claims(request)
                .filter(claims -> !TestDomain.SERVER.equals(claims.getClaim("mcptt_id")) || isServer(request, claims))
                .map(claims -> (String) claims.getClaim("mcptt_id"));
    }

    private Optional<JWTClaimsSet> claims(Request request) {
        try {
            SignedJWT token =
                    SignedJWT.parse(request.header("Authorization").orElse("").replace("Bearer ", ""));
            return isOfIdm(token) ? Optional.of(token.getJWTClaimsSet()) : Optional.empty();
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    private Reply answer(String resource, String user) {
        if (resource.equals("/init")) {
            return Reply.xml(200, TestDomain.initDocument());
        }
        if (resource.startsWith("/certcache")) {
            return Reply.xml(200, TestDomain.document(new KmsCertCache(OptionalLong.of(1), List.of())));
        }
        String[] parts = resource.split("/");
        String wanted = parts.length > 2 ? URLDecoder.decode(parts[2], StandardCharsets.UTF_8) : user;
        if (!wanted.equals(user)) {
            return refusal("not your identity");
        }
        TestDomain.Keys keys = given.getOrDefault(wanted, TestDomain.keysOf(wanted));
        return Reply.xml(200, TestDomain.keyProvDocument(keys));
    }

    private boolean isOfIdm(SignedJWT token) {
        try {
            return token.verify(new ECDSAVerifier(
                            JWKSet.load(jwks.toFile()).getKeys().get(0).toECKey()))
                    && token.getJWTClaimsSet().getExpirationTime().toInstant().isAfter(TestDomain.NOW);
        } catch (JOSEException | IOException | ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isServer(Request request, JWTClaimsSet claims) {
        return request.client().filter("mcptt-server"::equals).isPresent()
                && "mcptt-client".equals(claims.getClaim("client_id"));
    }

    private static Reply refusal(String text) {
        return Reply.xml(403, TestDomain.document(new KmsError(403, text)));
    }
}
