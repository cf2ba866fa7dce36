package org.mckms.fuzz;

import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.codec.CertificateCodec;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.Role;
import org.mckms.protocol.partner.PartnerCertificate;
import org.mckms.protocol.partner.PartnerCertificateDocument;

/**
 * The certificate of a partner. One that comes out as signed is the one that was signed in the corpus, by the same key (what
 * else its X.509 certificate says is nobody's to vouch for); every one can be written and read again.
 */
public final class PartnerTarget implements Target {
    private static final Octets SIGNED = PartnerCertificate.fingerprint(
            PartnerCertificateDocument.asExternal(CertificateCodec.read(Keys.resource("root.xml"), Role.ROOT)));
    private static final PartnerTarget TARGET = new PartnerTarget();

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        TARGET.accepts(input);
    }

    @Override
    public boolean accepts(byte[] input) {
        PartnerCertificate read;
        try {
            read = PartnerCertificateDocument.read(input);
        } catch (KmsException e) {
            return false;
        }
        if (read.signer().isPresent()) {
            Target.require(
                    read.fingerprint().equals(SIGNED)
                            && read.signer()
                                    .get()
                                    .getPublicKey()
                                    .equals(Keys.SIGNER.certificate().getPublicKey()),
                    "a forged certificate verifies");
        }
        PartnerCertificate again = PartnerCertificateDocument.read(CertificateCodec.encode(read.certificate()));
        Target.require(
                again.fingerprint().equals(read.fingerprint()),
                "a certificate changes when it is written and read again");
        return true;
    }
}
