package org.mckms.client.store;

import org.mckms.mikeysakke.eccsi.KmsPublicAuthenticationKey;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.KmsKeySet;

/**
 * A key set in a store. Its certificate is found by KPAK and not by CertUri: that is optional, and a certificate may be
 * replaced under it.
 */
final class HeldKeySet implements AutoCloseable {
    private final KmsPublicAuthenticationKey kpak;
    private final KmsKeySet keys;

    /** Takes over {@code keys}. */
    HeldKeySet(KmsPublicAuthenticationKey kpak, KmsKeySet keys) {
        this.kpak = kpak;
        this.keys = keys;
    }

    KmsPublicAuthenticationKey kpak() {
        return kpak;
    }

    KmsKeySet keys() {
        return keys;
    }

    boolean isUnder(KmsCertificate certificate) {
        return kpak.equals(certificate.pubAuthKey());
    }

    /** Whether one takes the other's place: same KMS keys, user and period. */
    boolean replaces(HeldKeySet other) {
        return kpak.equals(other.kpak)
                && keys.userUri().equals(other.keys.userUri())
                && keys.period().equals(other.keys.period());
    }

    @Override
    public void close() {
        keys.close();
    }

    @Override
    public String toString() {
        return "HeldKeySet[" + keys + "]";
    }
}
