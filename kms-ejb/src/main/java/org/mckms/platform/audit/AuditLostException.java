package org.mckms.platform.audit;

/** The chain in the database is not the one this node wrote; only a person can say why. */
final class AuditLostException extends Exception {

    AuditLostException(String message) {
        super(message);
    }
}
