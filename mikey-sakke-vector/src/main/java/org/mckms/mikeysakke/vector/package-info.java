/**
 * The costly operations of SAKKE on 512-bit vectors: eight elements of F_p in the lanes of the Vector API (JDK 25 and later, an
 * incubator module). Optional: the library finds it as a service and serves with its scalar core without it.
 */
package org.mckms.mikeysakke.vector;
