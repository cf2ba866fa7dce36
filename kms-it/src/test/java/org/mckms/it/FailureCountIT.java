package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mckms.it.support.AdminFace;
import org.mckms.it.support.DevelopmentIdm;
import org.mckms.it.support.Kms;
import org.mckms.it.support.KmsHome;
import org.mckms.it.support.KmsServer;

/** Whoever is not known cannot fill the audit trail: failures are counted, and a count survives an orderly stop. */
class FailureCountIT {
    private static final int FAILURES = 40;

    @Test
    void failuresOfOneSourceMakeOneRecordAMinuteWithTheirCount() {
        KmsHome home = KmsHome.make("failure-count");
        Instant begin = Instant.now();
        try (KmsServer server = KmsServer.launch(home).awaitLive()) {
            Kms kms = new Kms(server);
            for (int i = 0; i < FAILURES; i++) {
                assertThat(kms.csc().post("/keyprov", "token-" + i).status()).isEqualTo(401);
            }
            for (String number : DevelopmentIdm.UNREADABLE_NUMBERS) {
                for (boolean inHeader : List.of(true, false)) {
                    String token = kms.idm().withNumber("sip:alice@example.org", number, inHeader);
                    assertThat(kms.csc().post("/keyprov", token).status()).isEqualTo(401);
                }
            }
        }
        long minutes = begin.truncatedTo(ChronoUnit.MINUTES).until(Instant.now(), ChronoUnit.MINUTES) + 1;

        try (KmsServer server = KmsServer.launch(home).awaitLive()) {
            List<JsonObject> records = AdminFace.array(
                            new Kms(server).admin("auditor").get("/audit?event=AUTHENTICATION_FAILED"), "records")
                    .getValuesAs(JsonObject.class);

            assertThat(records).isNotEmpty().hasSizeLessThanOrEqualTo((int) minutes);
            assertThat(records)
                    .allSatisfy(record -> assertThat(record.getString("actor")).contains("127.0.0.1"));
            assertThat(records.stream()
                            .mapToInt(record -> Integer.parseInt(
                                    record.getJsonObject("details").getString("count")))
                            .sum())
                    .isEqualTo(FAILURES + 2 * DevelopmentIdm.UNREADABLE_NUMBERS.size());
        }
    }
}
