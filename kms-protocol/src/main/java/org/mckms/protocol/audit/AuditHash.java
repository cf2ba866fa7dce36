package org.mckms.protocol.audit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.mckms.mikeysakke.Octets;

/**
 * Hashes of the audit trail: SHA-256 over a label that ends in a zero octet, the previous hash (32 octets; zeros at the
 * beginning) and the canonical body in UTF-8. Records and checkpoints have different labels.
 */
final class AuditHash {
    static final Octets NONE = Octets.copyOf(new byte[AuditChecks.HASH_OCTETS]);
    static final String RECORD = "mckms/1/audit-record\0";
    static final String CHECKPOINT = "mckms/1/audit-checkpoint\0";

    private AuditHash() {}

    static Octets message(String label, Octets previous, String body) {
        return Octets.ofAscii(label).concat(previous, Octets.ofUtf8(body));
    }

    static Octets sha256(Octets message) {
        try {
            return Octets.copyOf(MessageDigest.getInstance("SHA-256").digest(message.toByteArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
