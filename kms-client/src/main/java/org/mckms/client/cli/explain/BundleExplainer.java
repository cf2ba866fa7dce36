package org.mckms.client.cli.explain;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.mckms.mikeysakke.MikeySakkeException;
import org.mckms.protocol.bundle.ProvisioningBundle;
import org.mckms.protocol.bundle.ProvisioningBundles;
import org.mckms.protocol.error.KmsException;

/** Explains a provisioning bundle and the two answers in it. */
final class BundleExplainer {
    private static final String CLAUSE = "TS 22.179 R-5.13-012";
    private static final byte[] MARK = "mckms-bundle".getBytes(StandardCharsets.US_ASCII);

    private final XmlExplainer xml;
    private final Optional<X509Certificate> pinned;

    /** @param pinned the certificate under which the bundle has to be signed; empty if any will do */
    BundleExplainer(XmlExplainer xml, Optional<X509Certificate> pinned) {
        this.xml = xml;
        this.pinned = pinned;
    }

    /** Whether the octets, which are DER, look like a bundle. */
    static boolean isMarked(byte[] der) {
        for (int from = 0; from <= der.length - MARK.length; from++) {
            int same = 0;
            while (same < MARK.length && der[from + same] == MARK[same]) {
                same++;
            }
            if (same == MARK.length) {
                return true;
            }
        }
        return false;
    }

    Explanation explain(byte[] octets) {
        ExplanationBuilder out = new ExplanationBuilder();
        try {
            ProvisioningBundle bundle = ProvisioningBundles.open(octets, Optional.empty());
            SignerFields.add(out, ProvisioningBundles.signerOf(octets), pinned);
            out.field(CLAUSE, "KMS URI", bundle.kmsUri(), "KMS that made it");
            out.field(CLAUSE, "user URI", bundle.userUri(), "for whom it is");
            out.field(CLAUSE, "device", bundle.device(), "whose TrK and InK protect it");
            out.field(CLAUSE, "made at", bundle.madeAt().toString(), "");
            out.nest(CLAUSE, "answer to init", xml.explain(bundle.initResponse().toByteArray()));
            out.nest(
                    CLAUSE,
                    "answer to keyprov",
                    xml.explain(bundle.keyProvResponse().toByteArray()));
        } catch (KmsException | MikeySakkeException e) {
            out.fault(SignerFields.CLAUSE, e.getMessage());
        }
        return out.build(DocumentKind.PROVISIONING_BUNDLE);
    }
}
