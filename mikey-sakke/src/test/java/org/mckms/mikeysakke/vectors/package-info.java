/** Reading of the test vectors under {@code vectors/}, and the guard that each of them is run. */
package org.mckms.mikeysakke.vectors;
