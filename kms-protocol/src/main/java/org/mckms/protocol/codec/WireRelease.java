package org.mckms.protocol.codec;

import org.mckms.protocol.xml.KmsSchema;

/** Whose form of annex D a document has. */
public enum WireRelease {
    /** TS 33.180, Release 14 and later. */
    REL14(KmsSchema.NAMESPACE),
    /** TS 33.179, Release 13: the namespace its text leaves open, KmsUri before UserUri, new transport keys only. */
    REL13("TOBEDEFINED");

    private final String namespace;

    WireRelease(String namespace) {
        this.namespace = namespace;
    }

    /** The namespace that is written. */
    String namespace() {
        return namespace;
    }
}
