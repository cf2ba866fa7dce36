package org.mckms.gms.infrastructure.kms;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.LongSupplier;
import org.mckms.platform.audit.AuditTrail;
import org.mckms.platform.datakey.DataKeys;

/**
 * What the GMS stands on.
 *
 * @param node       name of this node
 * @param activation tells one activation of the vault from the next; {@code KmsException} while it is not active
 */
public record GmsEnvironment(
        String node, DataKeys dataKeys, LongSupplier activation, AuditTrail audit, Clock clock, SecureRandom random) {}
