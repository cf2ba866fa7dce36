package org.mckms.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.store.StoreKey;
import org.mckms.client.store.TestKeys;
import org.mckms.protocol.sealed.Recipient;
import org.mckms.protocol.sealed.RegistrationFile;
import org.mckms.protocol.sealed.RegistrationFiles;

class ReadmeTest {
    private static final String CODE = "handed over beside the file";

    @TempDir
    private Path folder;

    @Test
    void showsTheExampleThatIsCompiled() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        String source = Files.readString(Path.of("src/test/java/org/mckms/client/ReadmeExample.java"));

        String shown = between(readme, "```java\n(.*?)```");
        assertThat(words(shown)).isEqualTo(words(between(source, "// begin\n(.*?)// end")));
        assertThat(shown.lines().count()).isBetween(15L, 30L);
    }

    @Test
    void namesEveryFaultOfAnAnswerWithItsCode() throws IOException {
        String readme = Files.readString(Path.of("README.md"));

        assertThat(Arrays.stream(AnswerFault.values()))
                .allSatisfy(fault -> assertThat(readme).contains("| " + fault.code() + " | `" + fault.name() + "` |"));
    }

    @Test
    void runsTheExample() throws Exception {
        TestPki pki = new TestPki();
        Instant now = Instant.now();
        TestEpoch epoch = TestEpoch.of(
                21, ClientBench.KMS_URI, ClientBench.SCHEDULE, now.minus(Duration.ofDays(1)), Optional.empty());
        try (StubServer server = new StubServer(pki);
                StoreKey storeKey = TestKeys.storeKey(3)) {
            server.answers(new StubKms(ClientBench.ALICE, epoch, Clock.systemUTC()));
            ReadmeExample example = new ReadmeExample(
                    registration(server, pki, epoch, now),
                    folder.resolve("alice.keys"),
                    pki.writeAuthority(folder.resolve("ca.pem")),
                    ClientBench.ALICE);

            example.run(CODE.toCharArray(), storeKey, () -> "token");
            example.run(CODE.toCharArray(), storeKey, () -> "token");

            assertThat(example.sent()).isNotNull();
        }
    }

    private Path registration(StubServer server, TestPki pki, TestEpoch epoch, Instant now) throws IOException {
        try (RegistrationFile file = new RegistrationFile(
                "reg-1",
                ClientBench.KMS_URI,
                List.of(server.address().toString()),
                ClientBench.ALICE,
                "phone",
                TestKeys.clientKeys(1, ClientBench.ALICE),
                now.plus(Duration.ofDays(1)),
                epoch.root())) {
            byte[] sealed = RegistrationFiles.seal(
                    file,
                    Recipient.passphrase(CODE.toCharArray()),
                    RegistrationImportTest.signer(pki.issue("kms.sign.bundle")),
                    new SecureRandom());
            return Files.write(folder.resolve("alice.registration"), sealed);
        }
    }

    private static String between(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(text);
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }

    private static List<String> words(String code) {
        return List.of(code.trim().split("\\s+"));
    }
}
