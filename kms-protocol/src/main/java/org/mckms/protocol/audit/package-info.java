/** The exported form of the audit trail, hash-chained records and signed checkpoints, and its offline verifier. */
package org.mckms.protocol.audit;
