package org.mckms.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.EccsiKeyCheck;
import org.mckms.mikeysakke.eccsi.KmsPublicAuthenticationKey;
import org.mckms.mikeysakke.eccsi.PublicValidationToken;
import org.mckms.mikeysakke.eccsi.SecretSigningKey;
import org.mckms.mikeysakke.sakke.KmsPublicKey;
import org.mckms.mikeysakke.sakke.ReceiverSecretKey;
import org.mckms.mikeysakke.sakke.SakkeKeyCheck;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * One KmsKeySet (TS 33.180 annex D.3.3) as read from an answer to {@code keyprov}.
 *
 * @param uid 64 lower-case hex digits, decoded from base64
 * @param rsk UserDecryptKey, 514 hex digits
 * @param ssk UserSigningKeySSK, 64 hex digits
 * @param pvt UserPubTokenPVT, 130 hex digits
 */
public record KeySet(String userUri, String kmsUri, String uid, long period, String rsk, String ssk, String pvt) {

    /** All key sets of an answer, in document order. */
    public static List<KeySet> allOf(Reply keyprov) {
        if (keyprov.status() != 200) {
            throw new AssertionError("no keys: " + keyprov);
        }
        NodeList sets = keyprov.xml().getElementsByTagNameNS(Reply.NAMESPACE, "KmsKeySet");
        return IntStream.range(0, sets.getLength())
                .mapToObj(i -> of((Element) sets.item(i)))
                .toList();
    }

    /** The key set of an answer that has just one. */
    public static KeySet onlyOf(Reply keyprov) {
        List<KeySet> sets = allOf(keyprov);
        assertThat(sets).hasSize(1);
        return sets.get(0);
    }

    private static KeySet of(Element set) {
        return new KeySet(
                text(set, "UserUri"),
                text(set, "KmsUri"),
                HexFormat.of().formatHex(Base64.getDecoder().decode(text(set, "UserID"))),
                Long.parseLong(text(set, "KeyPeriodNo")),
                text(set, "UserDecryptKey"),
                text(set, "UserSigningKeySSK"),
                text(set, "UserPubTokenPVT"));
    }

    private static String text(Element set, String localName) {
        NodeList nodes = set.getElementsByTagNameNS(Reply.NAMESPACE, localName);
        assertThat(nodes.getLength()).as(localName).isEqualTo(1);
        return nodes.item(0).getTextContent();
    }

    /**
     * Asserts what a client checks on receipt: the UID is that of URI, certificate and period; SSK and PVT belong to it
     * (RFC 6507 clause 5.1.2); so does the RSK, by pairing (RFC 6508 clause 6.1.2).
     */
    public void assertHoldsUnder(RootCertificate root) {
        assertThat(kmsUri).isEqualTo(root.kmsUri());
        assertThat(uid)
                .isEqualTo(
                        SakkeNumbers.uid(userUri, root.kmsUri(), root.periodSeconds(), root.offsetSeconds(), period));
        assertThat(ssk).matches("[0-9A-F]{64}");
        assertThat(pvt).matches("04[0-9A-F]{128}");
        assertThat(rsk).matches("04[0-9A-F]{512}");
        Octets identity = Octets.fromHex(uid);
        try (SecretSigningKey signing = SecretSigningKey.takeFrom(HexFormat.of().parseHex(ssk));
                ReceiverSecretKey receiving =
                        ReceiverSecretKey.takeFrom(HexFormat.of().parseHex(rsk))) {
            assertThat(EccsiKeyCheck.isValid(
                            identity,
                            signing,
                            new PublicValidationToken(Octets.fromHex(pvt)),
                            new KmsPublicAuthenticationKey(Octets.fromHex(root.kpak()))))
                    .as("SSK and PVT of %s", userUri)
                    .isTrue();
            assertThat(SakkeKeyCheck.isValid(identity, receiving, new KmsPublicKey(Octets.fromHex(root.zT()))))
                    .as("RSK of %s", userUri)
                    .isTrue();
        }
    }
}
