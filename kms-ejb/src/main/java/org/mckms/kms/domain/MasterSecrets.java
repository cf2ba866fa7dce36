package org.mckms.kms.domain;

import java.util.Objects;
import org.mckms.mikeysakke.DegenerateScalarException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.KmsPublicAuthenticationKey;
import org.mckms.mikeysakke.eccsi.KmsSecretAuthenticationKey;
import org.mckms.mikeysakke.sakke.KmsMasterSecret;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.mikeysakke.secret.SecretScalar;

/**
 * The master secrets of one epoch, lent by the vault. Usable only inside {@link MasterSecretVault#withMasterSecrets}; the
 * vault closes it afterwards, and every later use fails with {@link IllegalStateException}.
 *
 * <p>There is no public way to choose a validation scalar: v comes from k_v and from everything that enters HS.
 */
public final class MasterSecrets implements AutoCloseable {

    /** Gives v; replaced by published values only in tests of this package. */
    @FunctionalInterface
    interface ValidationScalars {
        SecretScalar v(KmsPublicAuthenticationKey kpak, Octets identity, int issue, int attempt);
    }

    private final KmsSecretAuthenticationKey ksak;
    private final KmsMasterSecret zT;
    private final KmsPublicAuthenticationKey kpak;
    private final ValidationScalars scalars;
    private final Runnable wipe;
    private volatile boolean closed;

    /**
     * Takes over all three secrets and computes KPAK from the KSAK given.
     *
     * @param kV       64 octets, the key that v is derived under
     */
    public MasterSecrets(
            KmsSecretAuthenticationKey ksak, KmsMasterSecret zT, SecretOctets kV, DerivationContext context) {
        this(
                ksak,
                zT,
                (kpak, identity, issue, attempt) ->
                        ValidationScalarDerivation.v(kV, context, kpak, identity, issue, attempt),
                kV::close);
    }

    MasterSecrets(KmsSecretAuthenticationKey ksak, KmsMasterSecret zT, ValidationScalars scalars, Runnable wipe) {
        this.ksak = Objects.requireNonNull(ksak, "ksak");
        this.zT = Objects.requireNonNull(zT, "zT");
        this.kpak = ksak.publicKey();
        this.scalars = scalars;
        this.wipe = wipe;
    }

    /** KSAK; never closed by the borrower. */
    public KmsSecretAuthenticationKey ksak() {
        return ksak;
    }

    /** z_T; never closed by the borrower. */
    public KmsMasterSecret zT() {
        return zT;
    }

    /** KPAK = [KSAK]G, computed from the KSAK lent. */
    public KmsPublicAuthenticationKey kpak() {
        return kpak;
    }

    /**
     * Derives v, the secret of a PVT. The same arguments always give the same v, and v is a secret of KSAK's rank: one v
     * used with two different HS gives KSAK away.
     *
     * @param identity the octets exactly as they are hashed into HS; at most 65535
     * @param issue    counts forced re-issues of this identity; not negative
     * @param attempt  0 to 255, raised when v, HS or SSK degenerates
     * @return 32 octets, 1 to q-1; the caller closes it
     * @throws DegenerateScalarException if v = 0: take the next attempt
     */
    public SecretScalar validationScalar(Octets identity, int issue, int attempt) {
        return scalars.v(kpak, identity, issue, attempt);
    }

    /** Whether the loan is over; what fails then is no fault of the keys. */
    boolean isClosed() {
        return closed;
    }

    /** Wipes everything lent. */
    @Override
    public void close() {
        closed = true;
        ksak.close();
        zT.close();
        wipe.run();
    }

    @Override
    public String toString() {
        return "MasterSecrets[hidden]";
    }
}
