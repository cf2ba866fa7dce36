package org.mckms.admin;

import static org.mckms.protocol.error.KmsErrorCode.INVALID_CERTIFICATE;
import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.json.JsonBody;
import org.mckms.protocol.sealed.Recipient;

/** Reads from a body for whom a registration file is sealed. */
final class RecipientMembers {

    private static final int MAX_PASSPHRASE = 200;
    private static final int MAX_CERTIFICATE = 10_000;

    private RecipientMembers() {}

    /**
     * Either {@code passphrase} or {@code recipientCertificate}; the caller closes it.
     *
     * @throws KmsException MALFORMED_REQUEST for both or none, WEAK_PASSPHRASE, INVALID_CERTIFICATE
     */
    static Recipient recipient(JsonBody body) {
        if (body.has("passphrase") == body.has("recipientCertificate")) {
            throw new KmsException(
                    MALFORMED_REQUEST, "a file is sealed by passphrase or for recipientCertificate; give one of them");
        }
        return body.has("passphrase") ? passphrase(body) : Recipient.certificate(certificate(body));
    }

    private static Recipient passphrase(JsonBody body) {
        char[] passphrase = body.secret("passphrase", MAX_PASSPHRASE);
        try {
            return Recipient.passphrase(passphrase);
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    private static X509Certificate certificate(JsonBody body) {
        String pem = new String(body.secret("recipientCertificate", MAX_CERTIFICATE));
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
        } catch (CertificateException e) {
            throw new KmsException(INVALID_CERTIFICATE, "recipientCertificate is no X.509 certificate in PEM", e);
        }
    }
}
