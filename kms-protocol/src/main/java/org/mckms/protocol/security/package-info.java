/** Transport and integrity keys, key wrapping and signatures of messages (TS 33.180 clauses D.1, D.2.2 and D.3.5.2). */
package org.mckms.protocol.security;
