package org.mckms.mikeysakke.eccsi;

import java.util.function.Function;
import org.mckms.mikeysakke.InvalidKeyMaterialException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.curve.P256Generator;
import org.mckms.mikeysakke.curve.P256Point;
import org.mckms.mikeysakke.secret.SecretOctets;

/** KSAK, the ECCSI master secret of a KMS (RFC 6507 clause 4.2): 32 octets, in 1..q-1, zeroed on close. */
public final class KmsSecretAuthenticationKey implements AutoCloseable {
    private final SecretOctets octets;

    private KmsSecretAuthenticationKey(SecretOctets octets) {
        this.octets = octets;
    }

    /**
     * Copies 32 big-endian octets and zeroes {@code source}, also when they are refused.
     *
     * @throws InvalidKeyMaterialException if there are not 32 octets or the value is not in 1..q-1
     */
    public static KmsSecretAuthenticationKey takeFrom(byte[] source) {
        return new KmsSecretAuthenticationKey(P256Secret.takeFrom(source, "KSAK"));
    }

    /** KPAK = [KSAK]G. */
    public KmsPublicAuthenticationKey publicKey() {
        P256Point kpak = octets.use(P256Generator.TABLE::multiply);
        try {
            kpak.normalise();
            return new KmsPublicAuthenticationKey(Octets.copyOf(kpak.encode()));
        } finally {
            kpak.wipe();
        }
    }

    /**
     * Lends the 32 octets to {@code action}, which neither changes nor keeps the array.
     *
     * @throws IllegalStateException after close
     */
    public <T> T use(Function<byte[], T> action) {
        return octets.use(action);
    }

    /** Zeroes the key; closing again does nothing. */
    @Override
    public void close() {
        octets.close();
    }

    @Override
    public String toString() {
        return "KmsSecretAuthenticationKey[hidden]";
    }
}
