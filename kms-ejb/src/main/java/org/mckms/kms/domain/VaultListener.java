package org.mckms.kms.domain;

import java.util.List;

/**
 * Is told what happens to the vault without an operator asking for it. Calls come from the vault's own threads, outside
 * its locks; an exception from a listener is not seen by anybody, so implementations deal with their own failures.
 */
public interface VaultListener {

    /** The token was lost; all masters are wiped or will be when their last user returns them. */
    void vaultLost(String detail);

    /** The token was found again; {@code detail} names epochs whose keys it lacks, if there are any. */
    void vaultRecovered(String detail);

    /** The vault deactivated itself and waits for an operator. */
    void vaultDeactivated(String reason);

    /** Masters loaded from the token do not belong to the stored certificate of the epoch; they were wiped unused. */
    void mastersRefused(EpochId epoch, String detail);

    /** Secrets could leak (swap, dumps, attach, PIN file), and the epochs in use are development ones only. */
    void memoryExposed(List<String> findings);
}
