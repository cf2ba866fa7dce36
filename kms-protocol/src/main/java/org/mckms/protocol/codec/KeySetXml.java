package org.mckms.protocol.codec;

import static org.mckms.protocol.codec.ElementReader.malformed;
import static org.mckms.protocol.error.KmsErrorCode.TRANSPORT_KEY_REQUIRED;

import java.util.Base64;
import java.util.Locale;
import java.util.function.Consumer;
import javax.xml.XMLConstants;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.PublicValidationToken;
import org.mckms.mikeysakke.eccsi.SecretSigningKey;
import org.mckms.mikeysakke.identity.KeyPeriod;
import org.mckms.mikeysakke.identity.UserIdentifier;
import org.mckms.mikeysakke.sakke.ReceiverSecretKey;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsKeySet;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** KmsKeySet (TS 33.180 clause D.3.3) with plain keys. */
final class KeySetXml {
    private static final String VERSION = "1.1.0";
    private static final String XML_ENCRYPTION = "http://www.w3.org/2001/04/xmlenc#";
    private static final int SSK_OCTETS = 32;
    private static final int UID_HEX_DIGITS = 64;
    private static final int UID_BASE64_CHARACTERS = 44;

    private KeySetXml() {}

    static void write(XmlWriter out, KmsKeySet keySet, WireDialect dialect) {
        out.element("KmsKeySet", () -> {
            out.attribute("Version", VERSION)
                    .text("KmsUri", keySet.kmsUri())
                    .text("CertUri", keySet.certUri())
                    .text("Issuer", keySet.issuer())
                    .text("UserUri", keySet.userUri())
                    .text("UserID", userId(keySet.userId(), dialect.userIdForm()))
                    .time("ValidFrom", keySet.validFrom())
                    .time("ValidTo", keySet.validTo())
                    .number("KeyPeriodNo", keySet.period().number())
                    .flag("Revoked", keySet.revoked());
            plainKey(out, "UserDecryptKey", content -> keySet.rsk().use(key -> content.keyContent(key)));
            plainKey(out, "UserSigningKeySSK", content -> keySet.ssk().use(key -> content.keyContent(key)));
            plainKey(
                    out,
                    "UserPubTokenPVT",
                    content -> content.keyContent(keySet.pvt().octets().toByteArray()));
        });
    }

    private static void plainKey(XmlWriter out, String name, Consumer<XmlWriter> content) {
        out.element(name, () -> content.accept(out.type("KeyContentType")));
    }

    private static String userId(UserIdentifier uid, UserIdForm form) {
        return switch (form) {
            case BASE64 -> Base64.getEncoder().encodeToString(uid.octets().toByteArray());
            case HEX -> uid.octets().toHex().toLowerCase(Locale.ROOT);
        };
    }

    /** Reads a key set; the caller closes it. */
    static KmsKeySet read(Element element) {
        ElementReader in = ElementReader.of(element);
        Element decryptKey = in.required("UserDecryptKey");
        Element signingKey = in.required("UserSigningKeySSK");
        Element token = in.required("UserPubTokenPVT");
        PublicValidationToken pvt =
                new PublicValidationToken(KeyText.read(plainText(token), "UserPubTokenPVT", Octets::copyOf));
        ReceiverSecretKey rsk = null;
        SecretSigningKey ssk = null;
        try {
            rsk = KeyText.read(plainText(decryptKey), "UserDecryptKey", ReceiverSecretKey::takeFrom);
            ssk = KeyText.read(
                    plainText(signingKey),
                    "UserSigningKeySSK",
                    octets -> SecretSigningKey.takeFrom(
                            KeyText.withoutExtraZeros(octets, SSK_OCTETS, "UserSigningKeySSK")));
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

    /** The text of a plain key. Its xsi:type may be missing; what stands inside tells plain from wrapped. */
    private static String plainText(Element key) {
        for (Node child = key.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element
                    && XML_ENCRYPTION.equals(child.getNamespaceURI())
                    && "EncryptedKey".equals(child.getLocalName())) {
                throw new KmsException(
                        TRANSPORT_KEY_REQUIRED,
                        key.getLocalName() + " is wrapped under a transport key; only plain keys can be read");
            }
        }
        String type = key.getAttributeNS(XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI, "type");
        if (!type.isEmpty() && !Lexical.trimmed(type).matches("(?:[^:]+:)?KeyContentType")) {
            throw malformed(key.getLocalName() + " is of an unknown type or has no wrapped key");
        }
        return ElementReader.trimmed(key);
    }
}
