package org.mckms.kms.infrastructure.vault;

import org.mckms.mikeysakke.eccsi.KmsSecretAuthenticationKey;
import org.mckms.mikeysakke.sakke.KmsMasterSecret;
import org.mckms.mikeysakke.secret.SecretOctets;

/** The three secrets of an epoch on their way from the token to their resting place. */
final class LoadedMasters implements AutoCloseable {

    private final KmsSecretAuthenticationKey ksak;
    private final KmsMasterSecret zT;
    private final SecretOctets kV;

    /** Takes all three over. */
    LoadedMasters(KmsSecretAuthenticationKey ksak, KmsMasterSecret zT, SecretOctets kV) {
        this.ksak = ksak;
        this.zT = zT;
        this.kV = kV;
    }

    KmsSecretAuthenticationKey ksak() {
        return ksak;
    }

    KmsMasterSecret zT() {
        return zT;
    }

    SecretOctets kV() {
        return kV;
    }

    @Override
    public void close() {
        ksak.close();
        zT.close();
        kV.close();
    }
}
