/** Holders of secret octets and secret integers that are wiped on close, never print themselves and compare in constant time. */
package org.mckms.mikeysakke.secret;
