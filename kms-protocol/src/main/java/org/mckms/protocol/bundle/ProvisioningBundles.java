package org.mckms.protocol.bundle;

import static org.mckms.protocol.bundle.ProvisioningBundle.MAX_RESPONSE_OCTETS;
import static org.mckms.protocol.cms.FileText.MAX_NAME_OCTETS;
import static org.mckms.protocol.cms.FileText.MAX_URI_OCTETS;
import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;

import java.security.cert.X509Certificate;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.cms.AsnFaults;
import org.mckms.protocol.cms.BundleSigner;
import org.mckms.protocol.cms.DerReader;
import org.mckms.protocol.cms.DerWriter;
import org.mckms.protocol.cms.SignedContent;
import org.mckms.protocol.error.KmsException;

/** Signs and opens bundles: CMS SignedData of the KMS in DER. The ASN.1 module is in docs/decisions/0013-registration-files-and-bundles.md. */
public final class ProvisioningBundles {
    /** The largest bundle read. */
    public static final int MAX_OCTETS = 2 * MAX_RESPONSE_OCTETS + 64 * 1024;

    private static final String KIND = "mckms-bundle";
    private static final int VERSION = 1;
    private static final ASN1ObjectIdentifier DATA = CMSObjectIdentifiers.data;

    private ProvisioningBundles() {}

    /** The file. */
    public static byte[] sign(ProvisioningBundle bundle, BundleSigner signer) {
        byte[] content = DerWriter.sequence(out -> out.text(KIND)
                .small(VERSION)
                .text(bundle.kmsUri())
                .text(bundle.userUri())
                .text(bundle.device())
                .time(bundle.madeAt())
                .octets(bundle.initResponse().toByteArray())
                .octets(bundle.keyProvResponse().toByteArray()));
        return SignedContent.sign(DATA, content, signer);
    }

    /**
     * Verifies and reads; the responses inside are the caller's to check.
     *
     * @param pinned the certificate that the device got with its registration; empty only to look into a file
     * @throws KmsException SIGNATURE_REQUIRED if the signature does not hold or is somebody else's; BODY_TOO_LARGE,
     *     MALFORMED_REQUEST if it is no such file
     */
    public static ProvisioningBundle open(byte[] file, Optional<X509Certificate> pinned) {
        SignedContent signed = SignedContent.open(file, DATA, MAX_OCTETS, pinned);
        return AsnFaults.asMalformed(
                () -> DerReader.sequence(signed.content().toByteArray(), ProvisioningBundles::read));
    }

    /** The certificate whose key signed the file; the signature holds, but nobody has vouched for the certificate. */
    public static X509Certificate signerOf(byte[] file) {
        return SignedContent.open(file, DATA, MAX_OCTETS, Optional.empty()).signer();
    }

    private static ProvisioningBundle read(DerReader in) {
        if (!in.text("kind", MAX_NAME_OCTETS).equals(KIND) || in.small("version") != VERSION) {
            throw new KmsException(MALFORMED_REQUEST, "the signed content is no bundle of version " + VERSION);
        }
        return new ProvisioningBundle(
                in.text("KMS URI", MAX_URI_OCTETS),
                in.text("user URI", MAX_URI_OCTETS),
                in.text("device", MAX_NAME_OCTETS),
                in.time("time of making"),
                Octets.copyOf(in.octets("init response", MAX_RESPONSE_OCTETS)),
                Octets.copyOf(in.octets("keyprov response", MAX_RESPONSE_OCTETS)));
    }
}
