package org.mckms.kms.domain;

/** Tables whose rows carry a MAC; the name enters the MAC and never changes. */
enum RowTable {
    EPOCH("epoch"),
    IDENTITY("identity"),
    ISSUE_ADVANCE("issue-advance"),
    EXTERNAL_CERTIFICATE("external-certificate");

    private final String label;

    RowTable(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
