/** ECCSI signatures of RFC 6507 on NIST P-256 with SHA-256: key extraction, key check, signature and verification. */
package org.mckms.mikeysakke.eccsi;
