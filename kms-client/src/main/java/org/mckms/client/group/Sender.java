package org.mckms.client.group;

import java.util.Objects;

/**
 * Who may send a key. The KMS belongs to it: any KMS can make keys for any URI, and only that of its home makes those of
 * the identity meant.
 *
 * @param uri of a GMS, user or server, octet by octet as its KMS has it
 * @param kmsUri URI of its KMS
 */
public record Sender(String uri, String kmsUri) {
    public Sender {
        Objects.requireNonNull(uri, "uri");
        Objects.requireNonNull(kmsUri, "kmsUri");
        if (uri.isEmpty() || kmsUri.isEmpty()) {
            throw new IllegalArgumentException("a sender has a URI and the URI of its KMS");
        }
    }
}
