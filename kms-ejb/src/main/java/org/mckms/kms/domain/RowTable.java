package org.mckms.kms.domain;

/** Tables whose rows are authenticated; the name enters the MAC or tag and never changes. */
enum RowTable {
    EPOCH("epoch"),
    IDENTITY("identity"),
    ISSUE_ADVANCE("issue-advance"),
    EXTERNAL_CERTIFICATE("external-certificate"),
    CERTIFICATE_CACHE("certificate-cache"),
    CLIENT_KEYS("client-keys"),
    REGISTRATION_REQUEST("registration-request"),
    BUNDLE_JOB("bundle-job");

    private final String label;

    RowTable(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
