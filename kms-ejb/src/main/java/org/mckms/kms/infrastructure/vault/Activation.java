package org.mckms.kms.infrastructure.vault;

import org.mckms.platform.hsm.BoundedToken;

/**
 * One generation of the vault: an opened token and the masters that were loaded through it, replaced as one.
 *
 * @param generation counts from 1
 */
record Activation(int generation, BoundedToken token, MasterLoader loader, MasterLeases leases) {}
