/**
 * Protection of XML in SIP under an XPK (TS 33.180 clauses 9.3 and F.1.4, TS 24.379): contents of elements, URIs, and the
 * integrity of whole bodies. The XPK is the CSK between client and server, the SPK between servers.
 */
package org.mckms.protocol.xpk;
