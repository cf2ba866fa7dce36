package org.mckms.kms.infrastructure.vault;

import java.util.Set;
import org.mckms.kms.domain.EpochId;
import org.mckms.platform.hsm.BoundedToken;

/**
 * A token that was found to be the right one.
 *
 * @param withoutKeys active epochs that cannot be used, because keys of theirs are not on the token
 */
record OpenedToken(BoundedToken token, Set<EpochId> withoutKeys) {}
