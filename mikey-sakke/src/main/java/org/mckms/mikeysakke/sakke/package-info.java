/** SAKKE key encapsulation of RFC 6508 with parameter set 1 of RFC 6509: key extraction, key check, encapsulation and decapsulation. */
package org.mckms.mikeysakke.sakke;
