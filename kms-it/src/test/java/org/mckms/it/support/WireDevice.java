package org.mckms.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A device with a TrK and an InK, whose signed requests are put together here by hand: in canonical form, so that the
 * octets of a part are what is digested. Shares no code with the product.
 *
 * @param keyName      name of the InK
 * @param transportKey 32 octets
 * @param integrityKey 32 octets
 */
public record WireDevice(String userUri, String keyName, byte[] transportKey, byte[] integrityKey) {
    /** XML signatures. */
    public static final String DS = "http://www.w3.org/2000/09/xmldsig#";

    private static final String C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
    private static final String HMAC = "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256";
    private static final String SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256";
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Registers a device by importing keys for it, as a site does that makes them itself; replaces those it had. */
    public static WireDevice register(Kms kms, String userUri) {
        String name = HexFormat.of().formatHex(random(4)) + "." + userUri;
        WireDevice device = new WireDevice(userUri, "ink." + name, random(32), random(32));
        Reply reply = kms.officer()
                .post(
                        "/client-keys/import",
                        Map.of(
                                "owner",
                                userUri,
                                "validFor",
                                "P1D",
                                "reason",
                                "a test",
                                "transportKeyName",
                                "tk." + name,
                                "transportKey",
                                HexFormat.of().formatHex(device.transportKey),
                                "integrityKeyName",
                                device.keyName,
                                "integrityKey",
                                HexFormat.of().formatHex(device.integrityKey)));
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        return device;
    }

    private static byte[] random(int octets) {
        byte[] random = new byte[octets];
        RANDOM.nextBytes(random);
        return random;
    }

    /** The element KmsRequest as it stands in a SignedKmsRequest. */
    public static String request(String userUri, String kmsUri, String time, String url) {
        return "<KmsRequest Id=\"xmldoc\" Version=\"1.1.0\"><UserUri>" + userUri + "</UserUri><KmsUri>" + kmsUri
                + "</KmsUri><Time>" + time + "</Time><ClientReqUrl>" + url + "</ClientReqUrl></KmsRequest>";
    }

    /** The document with these children of its root. */
    public static String document(String... children) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><SignedKmsRequest xmlns=\"" + Reply.NAMESPACE + "\">"
                + String.join("", children) + "</SignedKmsRequest>";
    }

    /** The signature of an element of the interface, which is a child of the root. */
    public String signature(String element) {
        return signature(signedInfo(digest(element)), keyName);
    }

    /** A signature with this SignedInfo and this KeyName. */
    public String signature(String signedInfo, String name) {
        return signature(signedInfo, signatureValue(signedInfo), "<KeyName>" + name + "</KeyName>");
    }

    /** A signature of these parts. */
    public static String signature(String signedInfo, String value, String keyInfo) {
        return "<Signature xmlns=\"" + DS + "\">" + signedInfo + "<SignatureValue>" + value
                + "</SignatureValue><KeyInfo>" + keyInfo + "</KeyInfo></Signature>";
    }

    /** SignedInfo with one Reference to the element with the Id {@code xmldoc}. */
    public static String signedInfo(String digest) {
        return "<SignedInfo>" + algorithm("CanonicalizationMethod", C14N) + algorithm("SignatureMethod", HMAC)
                + reference("#xmldoc", "", digest) + "</SignedInfo>";
    }

    /** A Reference; {@code transforms} is empty or an element Transforms. */
    public static String reference(String uri, String transforms, String digest) {
        return "<Reference URI=\"" + uri + "\">" + transforms + algorithm("DigestMethod", SHA256) + "<DigestValue>"
                + digest + "</DigestValue></Reference>";
    }

    /** The element Transforms with these algorithms. */
    public static String transforms(String... algorithms) {
        StringBuilder all = new StringBuilder("<Transforms>");
        for (String algorithm : algorithms) {
            all.append(algorithm("Transform", algorithm));
        }
        return all.append("</Transforms>").toString();
    }

    private static String algorithm(String element, String uri) {
        return "<" + element + " Algorithm=\"" + uri + "\"></" + element + ">";
    }

    /** The digest of an element that inherits the namespace of the interface and no other. */
    public static String digest(String element) {
        return base64(sha256(canonical(element, Reply.NAMESPACE)));
    }

    /** The full HMAC-SHA-256 over a SignedInfo, in base64. */
    public String signatureValue(String signedInfo) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(integrityKey, "HmacSHA256"));
            return base64(mac.doFinal(canonical(signedInfo, DS)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The canonical form of an element for itself: its start tag shows the namespace that it inherits. */
    private static byte[] canonical(String element, String namespace) {
        return element.replaceFirst("[ >]", " xmlns=\"" + namespace + "\"$0").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] sha256(byte[] octets) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(octets);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }

    @Override
    public String toString() {
        return "WireDevice[" + userUri + "]";
    }
}
