/** The check that compiled code handles secrets in constant time and in a form that can be wiped. */
package org.mckms.mikeysakke.secretcode;
