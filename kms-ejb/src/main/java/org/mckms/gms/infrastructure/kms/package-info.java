/**
 * The GMS as a client of its KMS: its own key store, CSC-10 through the client library, and the messages that bring group
 * keys to members. See decision 0019.
 */
package org.mckms.gms.infrastructure.kms;
