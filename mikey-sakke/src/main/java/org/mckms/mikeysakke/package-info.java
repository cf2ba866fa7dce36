/** Values and errors shared by the packages of the MIKEY-SAKKE library. */
package org.mckms.mikeysakke;
