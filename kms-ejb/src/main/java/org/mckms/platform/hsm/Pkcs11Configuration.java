package org.mckms.platform.hsm;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes configurations of the SunPKCS11 provider.
 *
 * <p>A key is made by a provider configured for it alone, whose template makes it a token object under its label at once.
 * The detour of the key store, a session key and a copy of it, would need copyable and modifiable keys.
 */
final class Pkcs11Configuration {

    /** The provider expands and splits some characters in paths; none of them is needed in one. */
    private static final Pattern PLAIN_PATH = Pattern.compile("[A-Za-z0-9/._+-]+");

    private static final List<String> USELESS = List.of(
            "CKA_TOKEN = false",
            "CKA_PRIVATE = true",
            "CKA_SENSITIVE = true",
            "CKA_EXTRACTABLE = false",
            "CKA_SIGN = false",
            "CKA_DECRYPT = false",
            "CKA_UNWRAP = false",
            "CKA_DERIVE = false");

    private final Path library;
    private final int slotListIndex;

    Pkcs11Configuration(Path library, int slotListIndex) {
        if (!PLAIN_PATH.matcher(library.toString()).matches()) {
            throw new TokenException(
                    TokenFault.LIBRARY,
                    "The path of the PKCS#11 library may hold letters, digits and / . _ + - only: " + library);
        }
        this.library = library;
        this.slotListIndex = slotListIndex;
    }

    /**
     * For using keys. Without a template the provider would allow every use of whatever is made or imported by it, so this
     * one allows none: a key that is made by it by mistake is good for nothing and gone at the end of the session.
     */
    String forUse() {
        return slot() + template("*, CKO_SECRET_KEY, *", USELESS) + template("*, CKO_PRIVATE_KEY, *", USELESS);
    }

    private String slot() {
        return "--name=mckms\nlibrary=" + library + "\nslotListIndex=" + slotListIndex + "\n";
    }

    /** For making one HMAC key. */
    String forMacKey(String label) {
        return forMaking(
                "CKO_SECRET_KEY, CKK_GENERIC_SECRET",
                label,
                "CKA_MODIFIABLE = false",
                "CKA_SIGN = true",
                "CKA_VERIFY = false",
                "CKA_ENCRYPT = false",
                "CKA_DECRYPT = false",
                "CKA_WRAP = false",
                "CKA_UNWRAP = false");
    }

    /** For making one AES key. */
    String forEncryptionKey(String label) {
        return forMaking(
                "CKO_SECRET_KEY, CKK_AES",
                label,
                "CKA_MODIFIABLE = false",
                "CKA_ENCRYPT = true",
                "CKA_DECRYPT = true",
                "CKA_SIGN = false",
                "CKA_VERIFY = false",
                "CKA_WRAP = false",
                "CKA_UNWRAP = false");
    }

    /** For making one signing key; it stays modifiable because the provider ties the certificate to it afterwards. */
    String forSigningKey(String label) {
        return forMaking(
                "CKO_PRIVATE_KEY, CKK_EC",
                label,
                "CKA_SIGN = true",
                "CKA_SIGN_RECOVER = false",
                "CKA_DECRYPT = false",
                "CKA_UNWRAP = false");
    }

    private String forMaking(String objectClassAndKeyType, String label, String... uses) {
        String hex = HexFormat.of().formatHex(label.getBytes(StandardCharsets.US_ASCII));
        List<String> common = List.of(
                "CKA_TOKEN = true",
                "CKA_LABEL = 0h" + hex,
                "CKA_PRIVATE = true",
                "CKA_SENSITIVE = true",
                "CKA_EXTRACTABLE = false",
                "CKA_DERIVE = false");
        return slot()
                + template(
                        "generate, " + objectClassAndKeyType,
                        Stream.concat(common.stream(), Stream.of(uses)).toList());
    }

    private static String template(String objects, List<String> attributes) {
        return attributes.stream().collect(Collectors.joining("\n", "attributes(" + objects + ") = {\n", "\n}\n"));
    }
}
