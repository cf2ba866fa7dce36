/**
 * The extension of the KMS interface by content encryption keys (CEK) that the KMS manages: what stands in answers and in
 * requests under the namespace {@code urn:mckms:cek:1.0} ({@code cek-1.0.xsd}). A reader that does not know it passes over it.
 */
package org.mckms.protocol.cek;
