/**
 * The key store of a key management client: everything that TS 33.180 clause 5.11.1 wants protected in a device, in one
 * encrypted file that survives a loss of power at any moment.
 */
package org.mckms.client.store;
