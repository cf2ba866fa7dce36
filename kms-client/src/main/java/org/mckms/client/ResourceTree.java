package org.mckms.client;

/** The resource trees of a KMS. */
enum ResourceTree {
    /** Key sets and certificates (TS 33.180 annex D.2). */
    IDENTITY("/keymanagement/identity/v1"),
    /** Content encryption keys: an own tree beside that of the standard. */
    CEK("/keymanagement/cek/v1");

    private final String root;

    ResourceTree(String root) {
        this.root = root;
    }

    /** Path of a resource, which begins with a slash and is already percent-encoded. */
    String path(String resource) {
        return root + resource;
    }
}
