/**
 * A second implementation of the arithmetic of SAKKE parameter set 1 and of NIST P-256, in {@link java.math.BigInteger} and other
 * coordinates, that tests compare the product's with. It is neither constant in time nor possible to wipe.
 */
package org.mckms.mikeysakke.reference;
