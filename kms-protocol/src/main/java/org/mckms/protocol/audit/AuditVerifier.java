package org.mckms.protocol.audit;

import java.io.IOException;
import java.io.InputStream;
import java.security.cert.X509Certificate;
import org.mckms.mikeysakke.InvalidValueException;

/**
 * Verifies an audit trail: all checkpoints first, in order, then all records, those of a chain in order. One instance
 * serves one verification and one thread.
 */
public final class AuditVerifier {

    /**
     * Prepares a verification.
     *
     * @param certificate of the key that signs checkpoints; its validity period is not looked at
     * @throws InvalidValueException if its key is not on P-256
     */
    public AuditVerifier(X509Certificate certificate) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Reads an exported certificate, DER or PEM. */
    public static X509Certificate certificate(byte[] derOrPem) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Verifies an export: JSON lines in UTF-8, each ended by a line feed; the streams stay open. */
    public static AuditReport verify(InputStream records, InputStream checkpoints, X509Certificate certificate)
            throws IOException {
        throw new UnsupportedOperationException("not yet");
    }

    /** Takes the next checkpoint. */
    public void checkpoint(AuditCheckpoint checkpoint) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Takes the next record. */
    public void record(AuditRecord record) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Ends the verification. */
    public AuditReport report() {
        throw new UnsupportedOperationException("not yet");
    }
}
