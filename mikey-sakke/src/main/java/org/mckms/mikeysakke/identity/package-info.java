/** Identifiers of TS 33.180 annex F.2.1, key periods and the time format of its messages. */
package org.mckms.mikeysakke.identity;
