package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import javax.net.ssl.SSLSocket;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mckms.it.support.Csc;
import org.mckms.it.support.KeySet;
import org.mckms.it.support.Kms;
import org.mckms.it.support.RootCertificate;
import org.mckms.it.support.RunningKms;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * A client that does no more than a public vendor's key management agent: TLS 1.3, an empty POST, the raw user URI at the
 * end of the path, the answer cut out by Content-Length, and a parser that looks at local names and first children.
 */
@ExtendWith(RunningKms.class)
class VendorClientIT {
    private static final String USER = "sip:vendor-user@example.org";

    private final Kms kms;

    VendorClientIT(Kms kms) {
        this.kms = kms;
    }

    @Test
    void isProvisioned() throws Exception {
        Element certificate = child(child(child(answerTo("/init"), "KmsMessage"), "KmsInit"), "KmsCertificate");
        RootCertificate root = new RootCertificate(
                child(certificate, "KmsUri").getTextContent(),
                Long.parseLong(child(certificate, "UserKeyPeriod").getTextContent()),
                Long.parseLong(child(certificate, "UserKeyOffset").getTextContent()),
                child(certificate, "PubEncKey").getTextContent(),
                child(certificate, "PubAuthKey").getTextContent());

        Element keyProv = child(child(answerTo("/keyprov/" + USER), "KmsMessage"), "KmsKeyProv");
        Element set = last(keyProv, "KmsKeySet");
        KeySet keys = new KeySet(
                child(set, "UserUri").getTextContent(),
                child(set, "KmsUri").getTextContent(),
                hexOfEither(child(set, "UserID").getTextContent()),
                Long.parseLong(child(set, "KeyPeriodNo").getTextContent()),
                hexOfEither(child(set, "UserDecryptKey").getTextContent()).toUpperCase(Locale.ROOT),
                hexOfEither(child(set, "UserSigningKeySSK").getTextContent()).toUpperCase(Locale.ROOT),
                hexOfEither(child(set, "UserPubTokenPVT").getTextContent()).toUpperCase(Locale.ROOT));

        assertThat(keys.userUri()).isEqualTo(USER);
        keys.assertHoldsUnder(root);
    }

    /** The KmsResponse: the root, or the very first child node of a SignedKmsResponse. */
    private Element answerTo(String resource) throws Exception {
        String request = "POST " + Csc.ROOT + resource + " HTTP/1.1\r\nHost: localhost:"
                + kms.home().kmsPort() + "\r\nAuthorization: Bearer "
                + kms.idm().user(USER)
                + "\r\nContent-Type: application/xml\r\nAccept: application/xml\r\nContent-Length: 0\r\n\r\n";
        try (SSLSocket socket = kms.csc().raw().connect("TLSv1.3")) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            byte[] body = bodyOf(socket.getInputStream());
            Element root = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(body))
                    .getDocumentElement();
            return local(root).equals("SignedKmsResponse") ? (Element) root.getFirstChild() : root;
        }
    }

    /** Reads as many octets as Content-Length says and no more; the connection stays open. */
    private static byte[] bodyOf(InputStream in) throws IOException {
        assertThat(line(in)).startsWith("HTTP/1.1 200");
        int length = -1;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.regionMatches(true, 0, "Content-Length:", 0, 15)) {
                length = Integer.parseInt(header.substring(15).trim());
            }
        }
        assertThat(length).as("Content-Length").isPositive();
        return in.readNBytes(length);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            assertThat(octet).as("end of stream").isNotNegative();
            line.append((char) octet);
        }
        return line.toString().trim();
    }

    private static Element child(Element parent, String localName) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (local(node).equals(localName)) {
                return (Element) node;
            }
        }
        throw new AssertionError("no " + localName + " in " + parent.getNodeName());
    }

    private static Element last(Element parent, String localName) {
        Node node = parent.getLastChild();
        while (!local(node).equals(localName)) {
            node = node.getPreviousSibling();
        }
        return (Element) node;
    }

    private static String local(Node node) {
        return node.getNodeName().substring(node.getNodeName().indexOf(':') + 1);
    }

    private static String hexOfEither(String value) {
        return value.matches("[0-9A-Fa-f]+")
                ? value
                : HexFormat.of().formatHex(Base64.getDecoder().decode(value));
    }
}
