package org.mckms.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mckms.client.TestDomain;

class UidCommandTest {
    private static final int PUBLISHED_VALUES = 16;

    @TempDir
    private Path home;

    @ParameterizedTest
    @MethodSource("vectors")
    void givesThePublishedValues(JsonObject vector) {
        JsonObject result = Cli.in(home)
                .run(
                        "uid",
                        vector.getString("uri"),
                        "--kms-uri=" + vector.getString("kmsUri"),
                        "--period=" + vector.getInt("userKeyPeriod"),
                        "--offset=" + vector.getInt("userKeyOffset"),
                        "--number=" + vector.getInt("keyPeriodNo"),
                        "--json")
                .json();

        assertThat(result.getString("s")).isEqualTo(vector.getString("S"));
        assertThat(result.getString("uid")).isEqualTo(vector.getString("uid"));
    }

    static Stream<JsonObject> vectors() {
        List<JsonObject> entries =
                TestDomain.load("/vectors/uid/uid.json").getJsonArray("entries").getValuesAs(JsonObject.class);
        assertThat(entries).hasSize(PUBLISHED_VALUES);
        return entries.stream();
    }

    @Test
    void findsThePeriodOfATimeInEveryForm() {
        for (String time : List.of("2014-02-23T08:39:14Z", "2014-02-23", "D6B4323200000000", "d6b4323200000000")) {
            JsonObject result = Cli.in(home)
                    .run("uid", "sip:user@example.org", "--kms-uri=kms.example.org", "--time", time, "--json")
                    .json();

            assertThat(result.getInt("keyPeriodNo")).as(time).isEqualTo(1389);
        }
    }

    @Test
    void takesTheCurrentPeriodByDefault() {
        Cli.Result result = Cli.in(home).run("uid", TestDomain.ALICE, "--kms-uri", TestDomain.KMS_URI);

        assertThat(result.exit()).isZero();
        assertThat(result.out())
                .containsPattern("key period +1514 ")
                .contains(TestDomain.keysOf(TestDomain.ALICE).uid());
    }

    @Test
    void refusesANegativeNumber() {
        Cli.Result result = Cli.in(home).run("uid", TestDomain.ALICE, "--kms-uri", "k", "--number=-1");

        assertThat(result.exit()).isEqualTo(ExitCode.WRONG_USE);
    }
}
