package org.mckms.platform.row;

/** Told of rows that were changed past this server. */
public interface TamperAlarm {

    /**
     * Writes to log and audit trail that a row was changed past this server.
     *
     * @param table   its name
     * @param id      names the row
     * @param finding what is wrong with it, without its content
     * @return whether the audit trail took it
     */
    boolean rowTampered(String table, String id, String finding);
}
