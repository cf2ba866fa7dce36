/** Reading XML from untrusted hands, and the schema of the KMS interface (TS 33.180 annex D). */
package org.mckms.protocol.xml;
