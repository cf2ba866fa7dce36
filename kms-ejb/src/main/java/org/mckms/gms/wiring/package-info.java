/** Puts the GMS together, starts it and ends it. */
package org.mckms.gms.wiring;
