/** Key derivation functions of TS 33.180 annex F.1. */
package org.mckms.mikeysakke.kdf;
