/** MIKEY-SAKKE I_MESSAGEs (TS 33.180 annex E, RFC 6509): made, read, verified, opened; and the SRTP values derived from their keys. */
package org.mckms.mikeysakke.mikey;
