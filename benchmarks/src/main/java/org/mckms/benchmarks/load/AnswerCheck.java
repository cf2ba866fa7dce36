package org.mckms.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.security.NamedKey;

/**
 * Checks a signed answer with wrapped keys, by the octets: what the server writes is canonical XML, so the canonical form of a part is
 * those octets with the namespaces of the root in its start tag. An answer that were not canonical would fail here. Shares no code with
 * the product.
 */
final class AnswerCheck {
    private static final String ROOT = "<SignedKmsResponse";
    private static final String INTERFACE_NAMESPACE = " xmlns=\"urn:3gpp:ns:mcsecKMSInterface:1.0\"";
    private static final String SIGNATURE_NAMESPACE = " xmlns=\"http://www.w3.org/2000/09/xmldsig#\"";
    private static final String KW_PAD = "kw-aes-256-pad";

    private static final int KEYS_OF_A_SET = 3;

    private AnswerCheck() {}

    /** Thrown for an answer that does not hold. */
    static final class WrongAnswerException extends Exception {
        private static final long serialVersionUID = 1;

        WrongAnswerException(String message) {
            super(message);
        }
    }

    /**
     * Verifies the signature and unwraps the keys.
     *
     * @return the keys in the order of the answer: RSK, SSK, PVT, and what may follow
     */
    static List<byte[]> opened(byte[] answer, Device device) throws WrongAnswerException, GeneralSecurityException {
        String text = new String(answer, StandardCharsets.UTF_8);
        verify(text, device);
        List<byte[]> keys = new ArrayList<>();
        int at = 0;
        while ((at = text.indexOf("<xenc:EncryptedKey", at)) >= 0) {
            int end = text.indexOf("</xenc:EncryptedKey>", at);
            require(end > at, "an EncryptedKey has no end");
            keys.add(unwrapped(text.substring(at, end), device.transportKey()));
            at = end;
        }
        require(keys.size() >= KEYS_OF_A_SET, keys.size() + " wrapped keys");
        return keys;
    }

    /** The UID in an answer whose signature was verified. */
    static Octets userId(byte[] answer) throws WrongAnswerException {
        String text = new String(answer, StandardCharsets.UTF_8);
        return Octets.copyOf(Base64.getDecoder().decode(between(text, "<UserID>", "</UserID>")));
    }

    private static void verify(String text, Device device) throws WrongAnswerException, GeneralSecurityException {
        int root = text.indexOf(ROOT);
        require(root >= 0, "the answer is not signed");
        String namespaces = text.substring(root + ROOT.length(), text.indexOf('>', root));
        require(namespaces.startsWith(INTERFACE_NAMESPACE), "unexpected namespaces: " + namespaces);
        String message = canonical(text, "KmsResponse", namespaces);
        String signedInfo =
                canonical(text, "SignedInfo", SIGNATURE_NAMESPACE + namespaces.substring(INTERFACE_NAMESPACE.length()));
        String digest = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(octets(message)));
        require(between(signedInfo, "<DigestValue>", "</DigestValue>").equals(digest), "the digest does not hold");
        require(
                between(text, "<KeyName>", "</KeyName>", text.indexOf("</SignatureValue>"))
                        .equals(device.integrityKey().name()),
                "signed by another key");
        byte[] value = Base64.getDecoder().decode(between(text, "<SignatureValue>", "</SignatureValue>"));
        byte[] mac = device.integrityKey().key().use(key -> hmac(key, octets(signedInfo)));
        require(MessageDigest.isEqual(value, mac), "the signature does not hold");
    }

    private static String canonical(String text, String element, String namespaces) throws WrongAnswerException {
        int begin = text.indexOf("<" + element);
        int end = text.indexOf("</" + element + ">");
        require(begin >= 0 && end > begin, "no " + element);
        int name = begin + 1 + element.length();
        return "<" + element + namespaces + text.substring(name, end) + "</" + element + ">";
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] unwrapped(String encryptedKey, NamedKey transportKey) throws WrongAnswerException {
        boolean padded = encryptedKey.contains(KW_PAD);
        byte[] wrapped = Base64.getDecoder().decode(between(encryptedKey, "<xenc:CipherValue>", "</xenc:CipherValue>"));
        require(encryptedKey.contains(">" + transportKey.name() + "<"), "wrapped under another key");
        return transportKey.key().use(kek -> {
            try {
                Cipher cipher = Cipher.getInstance(padded ? "AES/KWP/NoPadding" : "AES/KW/NoPadding");
                cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(kek, "AES"));
                return cipher.doFinal(wrapped);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("a key does not unwrap", e);
            }
        });
    }

    private static String between(String text, String begin, String end) throws WrongAnswerException {
        return between(text, begin, end, 0);
    }

    private static String between(String text, String begin, String end, int from) throws WrongAnswerException {
        int at = text.indexOf(begin, from);
        int to = text.indexOf(end, at);
        require(at >= 0 && to > at, "no " + begin);
        return text.substring(at + begin.length(), to);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void require(boolean holds, String otherwise) throws WrongAnswerException {
        if (!holds) {
            throw new WrongAnswerException(otherwise);
        }
    }

    static void wipe(List<byte[]> keys) {
        keys.forEach(key -> Arrays.fill(key, (byte) 0));
    }
}
