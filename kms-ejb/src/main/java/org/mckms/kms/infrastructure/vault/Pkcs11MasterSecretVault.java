package org.mckms.kms.infrastructure.vault;

import org.mckms.platform.hsm.MemoryExposureCheck;
import org.mckms.platform.hsm.Pkcs11TokenOpener;

/** The vault of this server: master secrets on a PKCS#11 token. */
public final class Pkcs11MasterSecretVault extends TokenVault {

    public Pkcs11MasterSecretVault(VaultEnvironment environment) {
        this(environment, MemoryExposureCheck.ofThisProcess());
    }

    Pkcs11MasterSecretVault(VaultEnvironment environment, MemoryExposureCheck exposure) {
        super(environment, new Pkcs11TokenOpener(environment.settings(), KeyLabels.AUDIT), exposure);
    }
}
