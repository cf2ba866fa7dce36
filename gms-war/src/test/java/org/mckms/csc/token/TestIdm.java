package org.mckms.csc.token;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An identity management server for tests: writes JWKS and tokens with the JDK alone, so that it can write bad ones. */
public final class TestIdm {

    /** One key for all tests, 2048 bits. */
    public static final KeyPair RSA = rsa(2048);

    /** Another one, whose public part no issuer has. */
    public static final KeyPair STRANGER = rsa(2048);

    /** A P-256 key. */
    public static final KeyPair EC = ec("secp256r1");

    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private TestIdm() {}

    static KeyPair rsa(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static KeyPair ec(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A JWKS (RFC 7517) of these JWKs. */
    public static byte[] jwks(String... jwks) {
        return utf8("{\"keys\":[" + String.join(",", jwks) + "]}");
    }

    /** An RSA JWK (RFC 7518 clause 6.3.1) with more members, each starting with a comma. */
    public static String rsaJwk(KeyPair pair, String kid, String more) {
        RSAPublicKey key = (RSAPublicKey) pair.getPublic();
        return "{\"kty\":\"RSA\",\"kid\":\"" + kid + "\",\"n\":\"" + unsigned(key.getModulus(), 0) + "\",\"e\":\""
                + unsigned(key.getPublicExponent(), 0) + "\"" + more + "}";
    }

    /** An EC JWK (RFC 7518 clause 6.2.1). */
    static String ecJwk(KeyPair pair, String curve, String kid, String more) {
        ECPublicKey key = (ECPublicKey) pair.getPublic();
        int octets = (key.getParams().getCurve().getField().getFieldSize() + 7) / 8;
        return "{\"kty\":\"EC\",\"crv\":\"" + curve + "\",\"kid\":\"" + kid + "\",\"x\":\""
                + unsigned(key.getW().getAffineX(), octets) + "\",\"y\":\""
                + unsigned(key.getW().getAffineY(), octets) + "\"" + more + "}";
    }

    private static String unsigned(BigInteger value, int octets) {
        byte[] all = value.toByteArray();
        byte[] bare = all.length > 1 && all[0] == 0 ? Arrays.copyOfRange(all, 1, all.length) : all;
        byte[] padded = new byte[Math.max(octets, bare.length)];
        System.arraycopy(bare, 0, padded, padded.length - bare.length, bare.length);
        return base64url(padded);
    }

    /** A token signed with RSASSA-PKCS1-v1_5 and SHA-256, RFC 7518 clause 3.3. */
    public static String rs256(KeyPair pair, String header, String claims) {
        return signed(header, claims, input -> sign("SHA256withRSA", pair.getPrivate(), input));
    }

    static String ps256(KeyPair pair, String header, String claims) {
        return signed(header, claims, input -> {
            Signature signature = Signature.getInstance("RSASSA-PSS");
            signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            signature.initSign(pair.getPrivate());
            signature.update(input);
            return signature.sign();
        });
    }

    static String es256(KeyPair pair, String header, String claims) {
        return signed(header, claims, input -> sign("SHA256withECDSAinP1363Format", pair.getPrivate(), input));
    }

    static String hs256(byte[] secret, String header, String claims) {
        return signed(header, claims, input -> {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(input);
        });
    }

    /** Header and claims with a signature of these octets. */
    static String withSignature(String header, String claims, byte[] signature) {
        return signed(header, claims, input -> signature);
    }

    /** A claims object; values are JSON text. */
    public static String claims(Map<String, String> members) {
        StringBuilder json = new StringBuilder("{");
        members.forEach((name, value) -> json.append(json.length() > 1 ? "," : "")
                .append('"')
                .append(name)
                .append("\":")
                .append(value));
        return json.append('}').toString();
    }

    static String base64url(byte[] octets) {
        return BASE64URL.encodeToString(octets);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private interface Signing {
        byte[] sign(byte[] input) throws GeneralSecurityException;
    }

    private static byte[] sign(String algorithm, PrivateKey key, byte[] input) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(input);
        return signature.sign();
    }

    private static String signed(String header, String claims, Signing signing) {
        String input = base64url(utf8(header)) + "." + base64url(utf8(claims));
        try {
            return input + "." + base64url(signing.sign(input.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
