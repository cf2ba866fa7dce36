package org.mckms.protocol.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.Fixtures;
import org.mckms.protocol.cms.TestIdentity;

class ProvisioningBundlesTest {
    private static final TestIdentity KMS = TestIdentity.p256("kms.sign.bundle");
    private static final Instant MADE = Instant.parse("2026-05-01T12:00:00Z");

    @Test
    void opensUnderThePinnedCertificate() {
        ProvisioningBundle bundle = bundle();

        byte[] file = ProvisioningBundles.sign(bundle, KMS);

        assertThat(ProvisioningBundles.open(file, Optional.of(KMS.certificate())))
                .isEqualTo(bundle);
        assertThat(ProvisioningBundles.signerOf(file)).isEqualTo(KMS.certificate());
    }

    private static ProvisioningBundle bundle() {
        return new ProvisioningBundle(
                Fixtures.KMS,
                Fixtures.ALICE,
                "phone 1",
                MADE,
                Octets.ofUtf8("<SignedKmsResponse>init</SignedKmsResponse>"),
                Octets.ofUtf8("<SignedKmsResponse>keyprov</SignedKmsResponse>"));
    }
}
