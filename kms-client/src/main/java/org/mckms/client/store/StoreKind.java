package org.mckms.client.store;

import java.nio.charset.StandardCharsets;

/** What a sealed file holds; its first 8 octets, so that one kind is never taken for the other. */
public enum StoreKind {
    /** Keys of one user and device: TrK and InK, key sets, certificates. */
    CLIENT_KEYS("MCKMSCKS"),
    /** Group keys of one member. */
    GROUP_KEYS("MCKMSGKS"),
    /** Content encryption keys of one end: a client, or a server. */
    CONTENT_KEYS("MCKMSCEK"),
    /** Keys between clients and their server: CSK and MuSiK. */
    CLIENT_SERVER_KEYS("MCKMSCSK");

    /** Length of what a file begins with. */
    static final int MAGIC_OCTETS = 8;

    private final String magic;

    StoreKind(String magic) {
        this.magic = magic;
    }

    byte[] magic() {
        return magic.getBytes(StandardCharsets.US_ASCII);
    }
}
