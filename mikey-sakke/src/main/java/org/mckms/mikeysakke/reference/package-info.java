/**
 * Arithmetic on the curve of SAKKE parameter set 1 and on NIST P-256, behind the other packages and not part of the public API.
 *
 * <p>The numbers are {@link java.math.BigInteger} underneath: correct, but neither constant in time nor possible to wipe.
 * Nothing outside this package sees that type.
 */
package org.mckms.mikeysakke.reference;
