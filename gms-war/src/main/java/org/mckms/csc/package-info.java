/**
 * The key management interfaces CSC-8, CSC-9 and CSC-10 over HTTP (TS 33.180 annex D): strict reading of the request,
 * one call of a use case, rendering of the answer or of the error.
 *
 * <p>Who asks is settled before by {@link org.mckms.csc.AccessTokenFilter}; what may be asked is settled behind by the
 * use cases. No key, transaction or database access lives here.
 */
package org.mckms.csc;
