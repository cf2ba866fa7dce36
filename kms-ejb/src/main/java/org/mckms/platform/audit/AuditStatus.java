package org.mckms.platform.audit;

/**
 * State of the audit trail as probes show it.
 *
 * @param writable whether records can be written now
 * @param sentence one plain sentence
 */
public record AuditStatus(boolean writable, String sentence) {}
