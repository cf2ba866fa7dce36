/**
 * Content encryption keys (CEK) that the KMS manages, at both ends of a SIP session: a client's and an MC server's. Taking,
 * keeping, renewing and ending them, and sealing and opening bodies of SIP messages with them.
 */
package org.mckms.client.cek;
