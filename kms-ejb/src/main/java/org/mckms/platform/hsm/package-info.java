/**
 * Access to the PKCS#11 token: generations of provider, key store and keys that are replaced as one, bounded and timed
 * calls, faults in plain words. Knows nothing of key management; the only package that touches {@code
 * java.security.KeyStore} and the PKCS#11 provider.
 */
package org.mckms.platform.hsm;
