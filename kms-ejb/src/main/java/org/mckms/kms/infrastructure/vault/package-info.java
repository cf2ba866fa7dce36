/**
 * The vault of master secrets on a PKCS#11 token: derived and imported masters, their lease in memory, the watch over the
 * token and its recovery. Speaks to the token through {@code org.mckms.platform.hsm} only.
 */
package org.mckms.kms.infrastructure.vault;
