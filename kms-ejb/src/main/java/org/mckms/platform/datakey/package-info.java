/**
 * Encryption and protection of rows in memory: data keys that the token wraps, one per node and hour, so that many rows
 * cost one call of the token. See decision 0016.
 */
package org.mckms.platform.datakey;
