/**
 * Access tokens of the identity management server (TS 33.180 annex B): which token is believed, and whom it names.
 *
 * <p>Nothing here knows HTTP beyond the value of one header field. The package answers with values of the domain and
 * with {@link org.mckms.protocol.error.KmsException}; it never logs or repeats a token.
 */
package org.mckms.csc.token;
