package org.mckms.protocol.xpk;

import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.protocol.error.KmsException;

/**
 * URIs that stand in attributes or values, encrypted to SIP URIs (TS 33.180 clause 9.3, TS 24.379 clause 6.6, TS 23.003
 * clause 26.2): {@code sip:<ciphertext and tag>;iv=<IV>;key-id=<XPK-ID>;alg=128-aes-gcm@mc1-encrypted.3gppnetwork.org}, the
 * three values in base64.
 */
public final class UriEncryption {
    /** The host that says that the user part is encrypted. */
    public static final String HOST = "mc1-encrypted.3gppnetwork.org";

    private static final String SCHEME = "sip:";
    private static final String ALGORITHM = "128-aes-gcm";
    private static final List<String> PARAMETERS = List.of("iv", "key-id", "alg");
    /** So that an encrypted URI still fits into an attribute that is read. */
    private static final int MAX_URI_OCTETS = 1024;

    private static final int MAX_CHARACTERS = 2048;

    private static final Pattern ESCAPED = Pattern.compile("%([0-9A-Fa-f]{2})");

    private UriEncryption() {}

    /**
     * An encrypted URI taken apart; nothing is verified.
     *
     * @param keyName XPK-ID in base64
     */
    public record Parts(String keyName, int ivOctets, int cipherOctets) {}

    /**
     * Encrypts a URI.
     *
     * @param uri 1 to 1024 octets of UTF-8 without white space
     * @throws KmsException MALFORMED_REQUEST if it is no such URI, or encrypted already
     */
    public static String encrypt(String uri, XpkKeys keys, SecureRandom random) {
        checkPlain(uri);
        XpkCipher.Sealed sealed = XpkCipher.seal(uri.getBytes(StandardCharsets.UTF_8), keys, random);
        return SCHEME + XpkCipher.base64(sealed.text()) + ";iv=" + XpkCipher.base64(sealed.iv()) + ";key-id="
                + keys.keyName() + ";alg=" + ALGORITHM + "@" + HOST;
    }

    /** Whether a URI says by its host that it is encrypted. */
    public static boolean isEncrypted(String uri) {
        String host = uri.substring(uri.lastIndexOf('@') + 1);
        return host.split("[:;?>]", 2)[0].strip().toLowerCase(Locale.ROOT).equals(HOST);
    }

    /**
     * Decrypts a URI.
     *
     * @param keys finds the keys by the XPK-ID; they stay their owner's
     * @throws KmsException NOT_FOUND if there is no key of that XPK-ID, WRONG_RECIPIENT if it does not open, MALFORMED_REQUEST
     *     if it is no encrypted URI, or what was in it is no URI
     */
    public static String decrypt(
            String uri, Function<KeyIdentifier, Optional<XpkKeys>> keys, Set<XpkDeviation> deviations) {
        Read read = read(uri, deviations);
        byte[] plain = XpkCipher.open(read.sealed(), XpkCipher.named(read.keyName(), keys), "an encrypted URI");
        try {
            String opened = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(plain))
                    .toString();
            checkPlain(opened);
            return opened;
        } catch (CharacterCodingException e) {
            throw new KmsException(MALFORMED_REQUEST, "what was encrypted as a URI is not UTF-8", e);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /**
     * Takes an encrypted URI apart.
     *
     * @throws KmsException MALFORMED_REQUEST if it is none
     */
    public static Parts parts(String uri, Set<XpkDeviation> deviations) {
        Read read = read(uri, deviations);
        return new Parts(
                read.keyName(), read.sealed().iv().size(), read.sealed().text().size());
    }

    private record Read(String keyName, XpkCipher.Sealed sealed) {}

    private static Read read(String uri, Set<XpkDeviation> deviations) {
        int at = uri.lastIndexOf('@');
        if (uri.length() > MAX_CHARACTERS
                || at < 0
                || !uri.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                || !uri.substring(at + 1).equalsIgnoreCase(HOST)) {
            throw malformed("a URI is not one of " + SCHEME + "...@" + HOST);
        }
        String user = uri.substring(SCHEME.length(), at);
        if (deviations.contains(XpkDeviation.URI_ESCAPED)) {
            user = ESCAPED.matcher(user)
                    .replaceAll(escape ->
                            Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(escape.group(1), 16))));
        }
        String[] fields = user.split(";", -1);
        Map<String, String> parameters = parameters(Arrays.asList(fields).subList(1, fields.length), deviations);
        return new Read(
                parameters.get("key-id"),
                new XpkCipher.Sealed(
                        XpkCipher.octets(parameters.get("iv"), "the IV of an encrypted URI"),
                        XpkCipher.octets(fields[0], "the user part of an encrypted URI")));
    }

    private static Map<String, String> parameters(List<String> fields, Set<XpkDeviation> deviations) {
        Map<String, String> found = new LinkedHashMap<>();
        for (String field : fields) {
            int equals = field.indexOf('=');
            if (equals < 1 || found.putIfAbsent(field.substring(0, equals), field.substring(equals + 1)) != null) {
                throw malformed("an encrypted URI has a parameter without a value, or twice");
            }
        }
        if (deviations.contains(XpkDeviation.URI_WITHOUT_ALGORITHM)) {
            found.putIfAbsent("alg", ALGORITHM);
        }
        boolean ordered = List.copyOf(found.keySet()).equals(PARAMETERS)
                || deviations.contains(XpkDeviation.URI_PARAMETERS_IN_ANY_ORDER);
        if (!ordered || !found.keySet().equals(Set.copyOf(PARAMETERS))) {
            throw malformed("an encrypted URI does not have the parameters iv, key-id and alg");
        }
        if (!found.get("alg").equals(ALGORITHM)) {
            throw malformed("a URI is encrypted by another algorithm than " + ALGORITHM);
        }
        return found;
    }

    private static void checkPlain(String uri) {
        boolean clean = uri.codePoints()
                .noneMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c));
        if (uri.isEmpty() || uri.getBytes(StandardCharsets.UTF_8).length > MAX_URI_OCTETS || !clean) {
            throw malformed("a URI to be encrypted is empty, too long, or has white space in it");
        }
        if (isEncrypted(uri)) {
            throw malformed("a URI is encrypted twice");
        }
    }

    private static KmsException malformed(String message) {
        return new KmsException(MALFORMED_REQUEST, message);
    }
}
