/**
 * Content encryption keys (CEKs): what is stored of one, how it lives and ends (decision 0022), and the ports to database and
 * deliveries.
 */
package org.mckms.kms.domain.cek;
