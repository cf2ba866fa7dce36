/** The messages of TS 33.180 annex D as immutable values that cannot be built malformed. */
package org.mckms.protocol.message;
