package org.mckms.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Key;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.util.Arrays;
import java.util.Base64;
import org.mckms.client.file.PrivateFile;

/** Writes certificates and a private key as PEM files (RFC 7468) that are their owner's only. */
final class PemFiles {
    private static final int LINE = 64;
    private static final byte[] LINE_END = {'\n'};

    private PemFiles() {}

    static void writeChain(Path file, Certificate[] chain) throws IOException, CertificateEncodingException {
        ByteArrayOutputStream pem = new ByteArrayOutputStream();
        for (Certificate certificate : chain) {
            pem.writeBytes(armoured("CERTIFICATE", certificate.getEncoded()));
        }
        PrivateFile.write(file, pem.toByteArray());
    }

    /** An unencrypted PKCS#8 key. */
    static void writeKey(Path file, Key key) throws IOException {
        byte[] der = key.getEncoded();
        byte[] pem = armoured("PRIVATE KEY", der);
        try {
            PrivateFile.write(file, pem);
        } finally {
            Arrays.fill(der, (byte) 0);
            Arrays.fill(pem, (byte) 0);
        }
    }

    private static byte[] armoured(String label, byte[] der) {
        byte[] head = ("-----BEGIN " + label + "-----\n").getBytes(StandardCharsets.US_ASCII);
        byte[] foot = ("\n-----END " + label + "-----\n").getBytes(StandardCharsets.US_ASCII);
        byte[] body = Base64.getMimeEncoder(LINE, LINE_END).encode(der);
        byte[] pem = Arrays.copyOf(head, head.length + body.length + foot.length);
        System.arraycopy(body, 0, pem, head.length, body.length);
        System.arraycopy(foot, 0, pem, head.length + body.length, foot.length);
        Arrays.fill(body, (byte) 0);
        return pem;
    }
}
