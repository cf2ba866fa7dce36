/**
 * Key management client (KMC) library: asks a KMS for certificates and user key sets over CSC-8, CSC-9 or CSC-10, and
 * checks what comes back before anybody uses it. The face of the operators has a client of its own here.
 *
 * <p>The command line is in {@code cli}; nothing in this package knows of it.
 */
package org.mckms.client;
