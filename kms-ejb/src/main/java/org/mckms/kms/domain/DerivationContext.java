package org.mckms.kms.domain;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.Sha256;

/**
 * Binds derived secrets to one epoch, its purpose and its KMS: the Context field of SP 800-108 for the masters, and the
 * first part of it for validation scalars.
 */
public record DerivationContext(EpochPurpose purpose, EpochId epoch, String kmsUri) {

    /** version, suite, purpose, epoch UUID, SHA-256 of the KMS URI. */
    public static final int OCTETS = 1 + 1 + 1 + 16 + 32;

    /** Version of this layout and of the labels. */
    private static final byte VERSION = 0x01;

    /** ECCSI on P-256 and SAKKE parameter set 1, both with SHA-256. */
    private static final byte SUITE = 0x01;

    public DerivationContext {
        Objects.requireNonNull(purpose, "purpose");
        Objects.requireNonNull(epoch, "epoch");
        Objects.requireNonNull(kmsUri, "kmsUri");
    }

    /** 51 octets; the KMS URI enters as the hash of its UTF-8 form, octet by octet. */
    public Octets octets() {
        return Octets.copyOf(ByteBuffer.allocate(OCTETS)
                .put(VERSION)
                .put(SUITE)
                .put(purpose.code())
                .put(epoch.octets().toByteArray())
                .put(Sha256.of(Octets.ofUtf8(kmsUri)).toByteArray())
                .array());
    }
}
