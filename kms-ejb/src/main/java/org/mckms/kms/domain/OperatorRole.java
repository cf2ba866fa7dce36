package org.mckms.kms.domain;

/** What an operator certificate is configured for; one certificate may have several roles. */
public enum OperatorRole {
    /** Security officer: ceremony, retirement of epochs, issue counter. */
    OFFICER,
    /** Runs the server: activation, identities. */
    OPERATOR,
    /** Reads and verifies the audit trail. */
    AUDITOR
}
