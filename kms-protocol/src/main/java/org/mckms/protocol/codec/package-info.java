/**
 * From messages to the XML of TS 33.180 annex D and back: strict when writing, tolerant when reading; and the means of that, for
 * other interfaces too.
 */
package org.mckms.protocol.codec;
