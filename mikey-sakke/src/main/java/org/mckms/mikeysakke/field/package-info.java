/**
 * Arithmetic in fixed-width limbs, constant in time: F_p of SAKKE parameter set 1, the field of P-256, and the integers modulo the two
 * group orders. Not part of the public API.
 */
package org.mckms.mikeysakke.field;
