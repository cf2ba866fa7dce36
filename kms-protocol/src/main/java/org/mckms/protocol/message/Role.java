package org.mckms.protocol.message;

/** Whose certificate a KmsCertificate is (attribute Role, TS 33.180 clause D.3.2). */
public enum Role {
    /** Of the client's own KMS; only ever taken from a KmsInit. */
    ROOT("Root"),
    /** Of another KMS. */
    EXTERNAL("External");

    private final String wireName;

    Role(String wireName) {
        this.wireName = wireName;
    }

    /** The value of the attribute. */
    public String wireName() {
        return wireName;
    }
}
