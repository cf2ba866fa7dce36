/** What messages of TS 33.180 annex D and the extensions in them have in common: both stand on it, and not on each other's insides. */
package org.mckms.protocol.element;
