package org.mckms.mikeysakke.mikey;

import org.mckms.mikeysakke.Octets;

/**
 * To whom a key is sent.
 *
 * @param uri MC service user ID, or URI of a server, exactly as its KMS has it
 * @param kmsUri the KmsUri of the receiver's KMS certificate
 * @param identity the octets that its RSK was extracted for at the time of the message, by custom the 32 of the UID
 */
public record MikeyRecipient(String uri, String kmsUri, Octets identity) {}
