package org.mckms.protocol.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mckms.protocol.error.KmsErrorCode.BODY_TOO_LARGE;
import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;
import static org.mckms.protocol.error.KmsErrorCode.SIGNATURE_REQUIRED;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.junit.jupiter.api.Test;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.Fixtures;
import org.mckms.protocol.cms.DerWriter;
import org.mckms.protocol.cms.SignedContent;
import org.mckms.protocol.cms.TestIdentity;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

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

    @Test
    void opensUnderNoOtherCertificate() {
        byte[] file = ProvisioningBundles.sign(bundle(), KMS);
        TestIdentity other = TestIdentity.p256("kms.sign.bundle");

        refused(SIGNATURE_REQUIRED, () -> ProvisioningBundles.open(file, Optional.of(other.certificate())));
    }

    @Test
    void opensUnderNoChangeOfAnOctet() {
        byte[] file = ProvisioningBundles.sign(bundle(), KMS);
        for (int i = 0; i < file.length; i++) {
            byte[] altered = file.clone();
            altered[i] ^= (byte) (1 << (i % Byte.SIZE));
            assertThatThrownBy(() -> ProvisioningBundles.open(altered, Optional.of(KMS.certificate())))
                    .as("octet %d", i)
                    .isInstanceOf(KmsException.class);
        }
    }

    @Test
    void isNoOtherContentOfTheSameSigner() {
        byte[] otherKind =
                DerWriter.sequence(out -> out.text("mckms-registration").small(1));
        byte[] otherVersion = DerWriter.sequence(out -> out.text("mckms-bundle").small(2));

        for (byte[] content : List.of(otherKind, otherVersion, new byte[0], new byte[] {1, 2, 3})) {
            byte[] file = SignedContent.sign(CMSObjectIdentifiers.data, content, KMS);
            refused(MALFORMED_REQUEST, () -> ProvisioningBundles.open(file, Optional.of(KMS.certificate())));
        }
    }

    @Test
    void isNotEndless() {
        refused(
                BODY_TOO_LARGE,
                () -> ProvisioningBundles.open(new byte[ProvisioningBundles.MAX_OCTETS + 1], Optional.empty()));
        Octets large = Octets.copyOf(new byte[ProvisioningBundle.MAX_RESPONSE_OCTETS + 1]);
        assertThatThrownBy(() -> new ProvisioningBundle(
                        Fixtures.KMS, Fixtures.ALICE, "phone 1", MADE, Octets.ofUtf8("<a/>"), large))
                .isInstanceOf(InvalidValueException.class);
    }

    @Test
    void holdsTheLargestResponses() {
        Octets largest = Octets.copyOf(new byte[ProvisioningBundle.MAX_RESPONSE_OCTETS]);
        ProvisioningBundle bundle =
                new ProvisioningBundle(Fixtures.KMS, Fixtures.ALICE, "phone 1", MADE, largest, largest);

        assertThat(ProvisioningBundles.open(ProvisioningBundles.sign(bundle, KMS), Optional.empty()))
                .isEqualTo(bundle);
    }

    private static void refused(KmsErrorCode code, ThrowingCallable attempt) {
        assertThatThrownBy(attempt).isInstanceOfSatisfying(KmsException.class, e -> assertThat(e.code())
                .isEqualTo(code));
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
