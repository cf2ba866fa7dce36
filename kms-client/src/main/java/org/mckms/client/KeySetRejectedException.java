package org.mckms.client;

/** A key set failed a check: it is for another user or period, or its keys are not those of the KMS certificate. */
public final class KeySetRejectedException extends KmsAnswerException {
    private final String userUri;
    private final transient KeySetReport report;

    KeySetRejectedException(String userUri, KeySetReport report) {
        super(AnswerFault.KEY_SET_REJECTED, describe(userUri, report));
        this.userUri = userUri;
        this.report = report;
    }

    /** The identity that the key set names. */
    public String userUri() {
        return userUri;
    }

    /** All checks that were made. */
    public KeySetReport report() {
        return report;
    }

    private static String describe(String userUri, KeySetReport report) {
        return "the key set of " + userUri + " is not accepted: "
                + report.firstFailure()
                        .map(finding -> finding.check().title() + ": " + finding.detail())
                        .orElse("it could not be compared");
    }
}
