/**
 * Keys between an MC client and its server (TS 33.180 clauses 5.4 and 5.8): the CSK that a client sends with its registration,
 * and the CSKs and MuSiKs that a server sends its clients. What they protect is in {@link org.mckms.protocol.xpk}.
 */
package org.mckms.client.csk;
