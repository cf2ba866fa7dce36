/** Puts the server together: makes the parts, starts them in order, and ends them. The only place that knows them all. */
package org.mckms.kms.wiring;
