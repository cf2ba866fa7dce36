package org.mckms.client.store;

import java.time.Instant;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.KmsKeySet;

/**
 * A checked key set of one identity and key period, with the root certificate that it belongs to. A copy of its own:
 * close it after use, which wipes the private keys. Safe for use by several threads until it is closed.
 */
public final class UserKeys implements AutoCloseable {
    private final KmsKeySet keys;
    private final KmsCertificate root;

    /** Takes over {@code keys}. */
    UserKeys(KmsKeySet keys, KmsCertificate root) {
        this.keys = keys;
        this.root = root;
    }

    public KmsKeySet keys() {
        return keys;
    }

    /** The root certificate of the epoch; Z_T and KPAK for these keys. */
    public KmsCertificate root() {
        return root;
    }

    /** First moment of the key period. */
    public Instant begins() {
        return root.schedule().start(keys.period());
    }

    /** The moment at which the next key period begins. */
    public Instant ends() {
        return root.schedule().start(keys.period().next());
    }

    @Override
    public void close() {
        keys.close();
    }

    @Override
    public String toString() {
        return "UserKeys[" + keys.userUri() + ", period " + keys.period().number() + ", private keys hidden]";
    }
}
