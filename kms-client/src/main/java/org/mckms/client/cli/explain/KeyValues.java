package org.mckms.client.cli.explain;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.MikeySakkeException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.KmsPublicAuthenticationKey;
import org.mckms.mikeysakke.eccsi.PublicValidationToken;
import org.mckms.mikeysakke.eccsi.SecretSigningKey;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.identity.UserIdentifier;
import org.mckms.mikeysakke.mikey.KeyPurpose;
import org.mckms.mikeysakke.sakke.KmsPublicKey;
import org.mckms.mikeysakke.sakke.ReceiverSecretKey;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.smime.ContentEncryptionKey;
import org.mckms.protocol.xpk.XpkKeys;

/** Octet strings of the KMS interface: keys in hex, which some write in base64, and the UID. */
final class KeyValues {
    static final Values Z_T = publicKey(octets -> new KmsPublicKey(octets));
    static final Values KPAK = publicKey(octets -> new KmsPublicAuthenticationKey(octets));
    static final Values PVT = publicKey(octets -> new PublicValidationToken(octets));
    static final Values UID = KeyValues::userId;
    static final Values BASE64 = KeyValues::base64;
    static final Values KEY_ID = KeyValues::keyId;
    static final Values WRAPPED = KeyValues::wrapped;
    static final Values XPK_ID = KeyValues::xpkId;
    static final Values GCM = KeyValues::gcm;

    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final int SEMIBLOCK = 8;
    static final int IV_OCTETS = 12;
    static final int TAG_OCTETS = 16;
    private static final int SSK_OCTETS = 32;
    private static final String BASE64_VARIANT = "variant: base64 instead of hex";

    private KeyValues() {}

    /** The RSK; unless secrets may be shown, only its length is. */
    static Values rsk(boolean show) {
        return secret(show, octets -> ReceiverSecretKey.takeFrom(octets).close());
    }

    /** The SSK, for which one vendor sends leading zero octets too many; shown as the RSK is. */
    static Values ssk(boolean show) {
        return secret(show, octets -> {
            int extra = Math.max(0, octets.length - SSK_OCTETS);
            for (int i = 0; i < extra; i++) {
                if (octets[i] != 0) {
                    throw new InvalidValueException("has " + octets.length + " octets, " + SSK_OCTETS + " needed");
                }
            }
            SecretSigningKey.takeFrom(Arrays.copyOfRange(octets, extra, octets.length))
                    .close();
        });
    }

    /** A CEK; shown as the RSK is. */
    static Values cek(boolean show) {
        return secret(show, octets -> {
            if (octets.length != ContentEncryptionKey.KEY_OCTETS) {
                throw new InvalidValueException(
                        "has " + octets.length + " octets, " + ContentEncryptionKey.KEY_OCTETS + " needed");
            }
        });
    }

    private static Reading keyId(String text) {
        return base64Octets(text)
                .filter(octets -> octets.length == ContentEncryptionKey.KEY_ID_OCTETS)
                .map(octets -> Reading.of(text, "in hex " + HEX.formatHex(octets)))
                .orElseGet(() ->
                        Reading.wrong(text, "is not " + ContentEncryptionKey.KEY_ID_OCTETS + " octets in base64"));
    }

    private static Values secret(boolean show, Consumer<byte[]> check) {
        return text -> {
            String digits = SimpleValues.withoutSpace(text);
            Optional<byte[]> decoded = octets(digits);
            if (decoded.isEmpty()) {
                return Reading.wrong("hidden", "is neither hex nor base64");
            }
            byte[] key = decoded.get();
            String value = show ? HEX.formatHex(key) : key.length + " octets, hidden";
            try {
                check.accept(key);
                return Reading.of(value, isHex(digits) ? "" : BASE64_VARIANT);
            } catch (MikeySakkeException e) {
                return Reading.wrong(value, e.getMessage());
            } finally {
                Arrays.fill(key, (byte) 0);
            }
        };
    }

    private static Values publicKey(Consumer<Octets> check) {
        return text -> {
            String digits = SimpleValues.withoutSpace(text);
            Optional<byte[]> decoded = octets(digits);
            if (decoded.isEmpty()) {
                return Reading.wrong(text, "is neither hex nor base64");
            }
            Octets key = Octets.copyOf(decoded.get());
            try {
                check.accept(key);
            } catch (MikeySakkeException e) {
                return Reading.wrong(key.toHex(), e.getMessage());
            }
            return Reading.of(key.toHex(), key.size() + " octets" + (isHex(digits) ? "" : "; " + BASE64_VARIANT));
        };
    }

    private static Reading userId(String text) {
        boolean hex = text.length() == 2 * UserIdentifier.OCTETS && isHex(text);
        Optional<byte[]> decoded = hex ? octets(text) : base64Octets(text);
        if (decoded.isEmpty() || decoded.get().length != UserIdentifier.OCTETS) {
            return Reading.wrong(text, "is neither 44 characters of base64 nor 64 hex digits: the UID has 32 octets");
        }
        return hex
                ? Reading.of(text, "variant: hex instead of base64")
                : Reading.of(text, "in hex " + HexFormat.of().formatHex(decoded.get()));
    }

    private static Reading base64(String text) {
        return base64Octets(SimpleValues.withoutSpace(text))
                .map(octets -> Reading.of(text, octets.length + " octets"))
                .orElseGet(() -> Reading.wrong(text, "is not base64"));
    }

    private static Reading wrapped(String text) {
        String digits = SimpleValues.withoutSpace(text);
        Optional<byte[]> decoded = octets(digits);
        if (decoded.isEmpty()) {
            return Reading.wrong(text, "is neither base64 nor hex");
        }
        int length = decoded.get().length;
        if (length < 3 * SEMIBLOCK || length % SEMIBLOCK != 0) {
            return Reading.wrong(
                    text, "has " + length + " octets; a wrapped key has a multiple of 8, at least 24 (RFC 3394)");
        }
        return Reading.of(
                digits, length + " octets, wrapped" + (isHex(digits) ? "; variant: hex instead of base64" : ""));
    }

    private static boolean isHex(String digits) {
        return !digits.isEmpty() && digits.chars().allMatch(HexFormat::isHexDigit);
    }

    private static Optional<byte[]> octets(String digits) {
        if (!isHex(digits)) {
            return base64Octets(digits);
        }
        return digits.length() % 2 == 0 ? Optional.of(HexFormat.of().parseHex(digits)) : Optional.empty();
    }

    private static Optional<byte[]> base64Octets(String text) {
        try {
            return text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The name of an XPK: its identifier in base64. */
    private static Reading xpkId(String text) {
        try {
            KeyIdentifier xpkId = XpkKeys.xpkIdOf(text);
            return KeyPurpose.ofTag(xpkId.purposeTag())
                    .filter(purpose -> purpose == KeyPurpose.CSK || purpose == KeyPurpose.SPK)
                    .map(purpose -> Reading.of(text, "under the " + purpose + " " + xpkId))
                    .orElseGet(() -> Reading.wrong(text, xpkId + " is the identifier of neither a CSK nor an SPK"));
        } catch (KmsException e) {
            return Reading.wrong(text, e.getMessage());
        }
    }

    /** AES-GCM with its IV before and its tag behind. */
    private static Reading gcm(String text) {
        String value = SimpleValues.withoutSpace(text);
        Optional<byte[]> octets = base64Octets(value);
        if (octets.isEmpty()) {
            return Reading.wrong(value, "is not base64");
        }
        int plain = octets.get().length - IV_OCTETS - TAG_OCTETS;
        return plain < 0
                ? Reading.wrong(value, "is too short for an IV of 12 octets and a tag of 16")
                : Reading.of(value, "IV of 12 octets, " + plain + " encrypted, tag of 16");
    }
}
