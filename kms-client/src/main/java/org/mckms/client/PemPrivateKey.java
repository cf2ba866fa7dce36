package org.mckms.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/** Reads an unencrypted PKCS#8 private key from PEM (RFC 7468 clause 10). */
public final class PemPrivateKey {
    private static final byte[] BEGIN = ascii("-----BEGIN PRIVATE KEY-----");
    private static final byte[] END = ascii("-----END PRIVATE KEY-----");

    private PemPrivateKey() {}

    /**
     * Reads the first key of the file. The octets read are wiped; the key object is the only copy left.
     *
     * @param algorithm of the key, as of the certificate that goes with it: EC or RSA
     */
    public static PrivateKey read(Path file, String algorithm) throws IOException, GeneralSecurityException {
        byte[] pem = Files.readAllBytes(file);
        byte[] body = new byte[0];
        byte[] der = new byte[0];
        try {
            int begin = indexOf(pem, BEGIN, 0);
            int end = begin < 0 ? -1 : indexOf(pem, END, begin);
            if (end < 0) {
                throw new InvalidKeySpecException("no unencrypted PKCS#8 key (BEGIN PRIVATE KEY) in " + file);
            }
            body = Arrays.copyOfRange(pem, begin + BEGIN.length, end);
            der = Base64.getMimeDecoder().decode(body);
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (IllegalArgumentException e) {
            throw new InvalidKeySpecException("the key in " + file + " is not base64", e);
        } finally {
            Arrays.fill(pem, (byte) 0);
            Arrays.fill(body, (byte) 0);
            Arrays.fill(der, (byte) 0);
        }
    }

    private static int indexOf(byte[] text, byte[] wanted, int from) {
        for (int i = from; i <= text.length - wanted.length; i++) {
            if (Arrays.equals(text, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
