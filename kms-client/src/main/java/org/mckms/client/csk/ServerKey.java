package org.mckms.client.csk;

import org.mckms.mikeysakke.secret.SecretOctets;

/** A key between a client and its server, 16 octets, wiped on close. */
final class ServerKey implements AutoCloseable {
    private final ServerKeyDetails details;
    private final SecretOctets key;

    /** Takes over the key. */
    ServerKey(ServerKeyDetails details, SecretOctets key) {
        this.details = details;
        this.key = key;
    }

    ServerKeyDetails details() {
        return details;
    }

    SecretOctets key() {
        return key;
    }

    ServerKey copy() {
        return with(details);
    }

    /** The same key with other details. */
    ServerKey with(ServerKeyDetails other) {
        return new ServerKey(other, key.use(SecretOctets::copyOf));
    }

    @Override
    public void close() {
        key.close();
    }

    @Override
    public String toString() {
        return "ServerKey[" + details.purpose() + " " + details.keyId() + ", hidden]";
    }
}
