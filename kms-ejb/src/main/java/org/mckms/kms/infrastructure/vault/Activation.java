package org.mckms.kms.infrastructure.vault;

import java.util.Set;
import org.mckms.kms.domain.EpochId;
import org.mckms.platform.hsm.BoundedToken;

/**
 * One generation of the vault: an opened token and the masters that were loaded through it, replaced as one.
 *
 * @param generation  counts from 1
 * @param detail      how it came about
 * @param withoutKeys active epochs whose keys were not on the token when it was opened
 */
record Activation(
        int generation,
        BoundedToken token,
        MasterLoader loader,
        MasterLeases leases,
        String detail,
        Set<EpochId> withoutKeys) {}
