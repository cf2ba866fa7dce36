/**
 * The audit trail: appended by one thread per node in groups, chained by hashes, sealed by signed checkpoints that also
 * leave the database. The exported format and its verifier are in {@code org.mckms.protocol.audit}.
 */
package org.mckms.platform.audit;
