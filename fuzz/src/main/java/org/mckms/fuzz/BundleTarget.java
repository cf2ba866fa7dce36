package org.mckms.fuzz;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.mckms.protocol.bundle.ProvisioningBundle;
import org.mckms.protocol.bundle.ProvisioningBundles;
import org.mckms.protocol.cms.SignedContent;
import org.mckms.protocol.error.KmsException;

/**
 * A provisioning bundle: as a file, whose content is that of the corpus if it is read at all; and, after an octet 00, as content
 * that is signed here, so that a fuzzer reaches what lies behind the signature.
 */
public final class BundleTarget implements Target {
    private static final Optional<X509Certificate> PINNED = Optional.of(Keys.SIGNER.certificate());
    private static final String MADE_AT = "2026-05-01T12:00:00Z";
    private static final BundleTarget TARGET = new BundleTarget();

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        TARGET.accepts(input);
    }

    @Override
    public boolean accepts(byte[] input) {
        boolean contentOnly = input.length > 0 && input[0] == 0;
        byte[] file = contentOnly
                ? SignedContent.sign(CMSObjectIdentifiers.data, Arrays.copyOfRange(input, 1, input.length), Keys.SIGNER)
                : input;
        ProvisioningBundle bundle;
        try {
            bundle = ProvisioningBundles.open(file, PINNED);
        } catch (KmsException e) {
            return false;
        }
        if (contentOnly) {
            ProvisioningBundle again = ProvisioningBundles.open(ProvisioningBundles.sign(bundle, Keys.SIGNER), PINNED);
            Target.require(again.equals(bundle), "a bundle changes when it is written and read again");
        } else {
            Target.require(
                    bundle.userUri().equals(Keys.ALICE)
                            && bundle.madeAt().toString().equals(MADE_AT),
                    "a forged bundle is read");
        }
        return true;
    }
}
