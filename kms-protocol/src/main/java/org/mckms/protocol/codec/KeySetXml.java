package org.mckms.protocol.codec;

import static org.mckms.protocol.codec.ElementReader.malformed;

import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.PublicValidationToken;
import org.mckms.mikeysakke.eccsi.SecretSigningKey;
import org.mckms.mikeysakke.identity.KeyPeriod;
import org.mckms.mikeysakke.identity.UserIdentifier;
import org.mckms.mikeysakke.sakke.ReceiverSecretKey;
import org.mckms.protocol.message.KmsKeySet;
import org.mckms.protocol.security.NamedKey;
import org.w3c.dom.Element;

/** KmsKeySet (TS 33.180 clause D.3.3) with plain or wrapped keys. */
final class KeySetXml {
    private static final String VERSION = "1.1.0";
    private static final String DECRYPT_KEY = "UserDecryptKey";
    private static final String SIGNING_KEY = "UserSigningKeySSK";
    private static final String TOKEN = "UserPubTokenPVT";
    private static final int RSK_OCTETS = 257;
    private static final int SSK_OCTETS = 32;
    private static final int PVT_OCTETS = 65;
    private static final int UID_HEX_DIGITS = 64;
    private static final int UID_BASE64_CHARACTERS = 44;

    private KeySetXml() {}

    /** Writes a key set, its keys wrapped under the TrK if there is one. */
    static void write(XmlWriter out, KmsKeySet keySet, Optional<NamedKey> wrapWith) {
        out.element("KmsKeySet", () -> {
            out.attribute("Version", VERSION)
                    .text("KmsUri", keySet.kmsUri())
                    .text("CertUri", keySet.certUri())
                    .text("Issuer", keySet.issuer())
                    .text("UserUri", keySet.userUri())
                    .text("UserID", userId(keySet.userId(), out.dialect().userIdForm()))
                    .time("ValidFrom", keySet.validFrom())
                    .time("ValidTo", keySet.validTo())
                    .number("KeyPeriodNo", keySet.period().number())
                    .flag("Revoked", keySet.revoked());
            keySet.rsk().use(key -> write(out, DECRYPT_KEY, key, wrapWith));
            keySet.ssk().use(key -> write(out, SIGNING_KEY, key, wrapWith));
            write(out, TOKEN, keySet.pvt().octets().toByteArray(), wrapWith);
        });
    }

    private static Void write(XmlWriter out, String name, byte[] key, Optional<NamedKey> wrapWith) {
        KeyContentXml.write(out, name, key, wrapWith);
        return null;
    }

    private static String userId(UserIdentifier uid, UserIdForm form) {
        return switch (form) {
            case BASE64 -> Base64.getEncoder().encodeToString(uid.octets().toByteArray());
            case HEX -> uid.octets().toHex().toLowerCase(Locale.ROOT);
        };
    }

    /** Reads a key set; the caller closes it. */
    static KmsKeySet read(Element element, KeyOpener keys) {
        ElementReader in = ElementReader.of(element);
        Element decryptKey = in.required(DECRYPT_KEY);
        Element signingKey = in.required(SIGNING_KEY);
        PublicValidationToken pvt = keys.open(
                in.required(TOKEN),
                TOKEN,
                octets -> KeyOpener.withPoint(
                        octets, PVT_OCTETS, point -> new PublicValidationToken(Octets.copyOf(point))));
        ReceiverSecretKey rsk = null;
        SecretSigningKey ssk = null;
        try {
            rsk = keys.openPrivate(
                    decryptKey,
                    DECRYPT_KEY,
                    octets -> KeyOpener.withPoint(octets, RSK_OCTETS, ReceiverSecretKey::takeFrom));
            ssk = keys.openPrivate(
                    signingKey,
                    SIGNING_KEY,
                    octets -> SecretSigningKey.takeFrom(KeyText.withoutExtraZeros(octets, SSK_OCTETS, SIGNING_KEY)));
            KmsKeySet keySet = keySet(in, rsk, ssk, pvt);
            in.finish();
            return keySet;
        } catch (RuntimeException e) {
            if (rsk != null) {
                rsk.close();
            }
            if (ssk != null) {
                ssk.close();
            }
            throw e;
        }
    }

    private static KmsKeySet keySet(
            ElementReader in, ReceiverSecretKey rsk, SecretSigningKey ssk, PublicValidationToken pvt) {
        return new KmsKeySet(
                in.trimmed("KmsUri"),
                in.optionalTrimmed("CertUri"),
                in.optionalText("Issuer"),
                in.trimmed("UserUri"),
                readUserId(in.trimmed("UserID")),
                in.optionalTrimmed("ValidFrom").map(text -> Lexical.dateTime(text, "ValidFrom")),
                in.optionalTrimmed("ValidTo").map(text -> Lexical.dateTime(text, "ValidTo")),
                new KeyPeriod(Lexical.integer(in.trimmed("KeyPeriodNo"), "KeyPeriodNo", 0, Long.MAX_VALUE)),
                in.optionalTrimmed("Revoked")
                        .map(text -> Lexical.flag(text, "Revoked"))
                        .orElse(false),
                rsk,
                ssk,
                pvt);
    }

    private static UserIdentifier readUserId(String text) {
        if (text.length() != UID_HEX_DIGITS && text.length() != UID_BASE64_CHARACTERS) {
            throw malformed("UserID is neither 64 hex digits nor 44 characters of base64");
        }
        return new UserIdentifier(KeyText.read(text, "UserID", Octets::copyOf));
    }
}
