package org.mckms.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.List;
import org.mckms.protocol.error.KmsErrorCode;

/**
 * An answer, and the audit records and what the server wrote to its console while it was made. The tests run one after the
 * other, so these are of the requests observed.
 */
public record Observed(Reply reply, List<JsonObject> records, String console) {

    /** Records of one kind of event. */
    public List<JsonObject> of(String event) {
        return records.stream()
                .filter(record -> record.getString("event").equals(event))
                .toList();
    }

    /** Asserts that no key left, neither by the answer nor by the audit trail, that nothing inside shows, and no stack trace. */
    public void assertNothingIssued() {
        assertThat(of("KEYS_PROVISIONED")).isEmpty();
        assertThat(of("KMS_INITIALISED")).isEmpty();
        assertThat(reply.status()).isGreaterThanOrEqualTo(400);
        assertThat(reply.text())
                .doesNotContain("UserDecryptKey")
                .doesNotContain("UserSigningKeySSK")
                .doesNotContain("Exception")
                .doesNotContain("\tat ")
                .doesNotContain("org.mckms")
                .doesNotContain("org.jboss")
                .doesNotContain("WFLY");
        assertThat(console).doesNotContain("\tat ");
    }

    /** Asserts what the HTTP layer answers by itself: a status, no KmsError, and no audit record of a refusal. */
    public void assertRefusedByHttpLayer(int status) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.text()).doesNotContain("KmsError");
        assertNothingIssued();
        assertThat(of("REQUEST_REFUSED")).isEmpty();
    }

    /** Asserts a refusal of a known caller: status, code of the error registry, and exactly one audit record. */
    public void assertRefused(int status, int code) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.errorCode()).isEqualTo(code);
        assertThat(reply.header("Content-Length")).contains(String.valueOf(reply.body().length));
        assertThat(reply.header("Cache-Control")).contains("no-store");
        assertNothingIssued();
        assertThat(of("REQUEST_REFUSED")).hasSize(1);
        assertThat(of("REQUEST_REFUSED").get(0).getString("outcome"))
                .isEqualTo(KmsErrorCode.ofCode(code).orElseThrow().name());
    }

    /** Asserts the answer to a sender nobody knows: 401, an empty body, and at most one record of the minute. */
    public void assertUnauthenticated() {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(401);
        assertThat(reply.header("WWW-Authenticate").orElseThrow()).startsWith("Bearer");
        assertThat(reply.body()).isEmpty();
        assertNothingIssued();
        assertThat(of("REQUEST_REFUSED")).isEmpty();
        assertThat(of("AUTHENTICATION_FAILED")).hasSizeLessThanOrEqualTo(1);
    }
}
