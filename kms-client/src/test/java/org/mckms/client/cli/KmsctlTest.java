package org.mckms.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.client.TestPki;
import picocli.CommandLine.Command;

class KmsctlTest {
    private static final TestPki PKI = new TestPki();
    private static final URI NOWHERE = URI.create("https://localhost:1");

    @TempDir
    private Path home;

    @Test
    void helpFitsOneScreenAndShowsEveryCommand() {
        Cli.Result help = Cli.in(home).run("--help");

        assertThat(help.exit()).isZero();
        assertThat(help.err()).isEmpty();
        assertThat(help.out().lines()).hasSizeLessThanOrEqualTo(54).allSatisfy(line -> assertThat(line)
                .hasSizeLessThanOrEqualTo(110));
        assertThat(Kmsctl.class.getAnnotation(Command.class).subcommands())
                .extracting(command -> command.getAnnotation(Command.class).name())
                .allSatisfy(name -> assertThat(help.out()).contains("  " + name + " "));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpOfEveryCommandHasAnExample(List<String> command) {
        Cli.Result help = Cli.in(home).run(List.of("--help"), command.toArray(String[]::new));

        assertThat(help.exit()).isZero();
        assertThat(help.out())
                .startsWith("Usage: kmsctl " + String.join(" ", command))
                .containsPattern("Examples?: kmsctl ");
        assertThat(help.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(110));
    }

    static Stream<List<String>> commands() {
        List<List<String>> found = new ArrayList<>();
        collect(List.of(), Kmsctl.class, found);
        assertThat(found).hasSizeGreaterThanOrEqualTo(25);
        return found.stream();
    }

    private static void collect(List<String> path, Class<?> command, List<List<String>> found) {
        for (Class<?> inner : command.getAnnotation(Command.class).subcommands()) {
            List<String> innerPath = new ArrayList<>(path);
            innerPath.add(inner.getAnnotation(Command.class).name());
            found.add(innerPath);
            collect(innerPath, inner, found);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "status --nonsense",
                "audit",
                "identities",
                "block",
                "block sip:a@example.org",
                "unblock sip:a@example.org",
                "uid sip:a@example.org",
                "uid sip:a@example.org --kms-uri k --number x",
                "uid sip:a@example.org --kms-uri k --number 1 --time 2024-01-01",
                "uid sip:a@example.org --kms-uri k --time yesterday",
                "uid sip:a@example.org --kms-uri k --period 10 --offset 10",
                "token",
                "token --user sip:a@example.org --service radio",
                "token --user sip:a@example.org --lifetime 0",
                "ceremony --purpose fun --cert-uri c",
                "ceremony --purpose development --cert-uri c --offset 2592000",
                "ceremony --purpose development --cert-uri c --valid-from 2024-01-02 --valid-to 2024-01-01",
                "audit verify",
                "audit verify copy --online",
                "audit verify --online --certificate c.pem",
                "audit verify copy --at-least-checkpoint 0",
                "audit list --event NONSENSE",
                "init",
                "init --token-file t --user sip:a@example.org",
                "init --user sip:a@example.org --timeout 0",
                "certcache -1 --user sip:a@example.org",
                "keyprov sip:a@example.org noon --user sip:a@example.org",
                "decode - -"
            })
    void wrongUseIsToldAndDoesNothing(String line) throws Exception {
        Path madeHome = TestHome.make(home, PKI, NOWHERE, NOWHERE);

        Cli.Result result = Cli.in(madeHome).run(line.isEmpty() ? new String[0] : line.split(" "));

        assertThat(result.exit()).isEqualTo(ExitCode.WRONG_USE);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines().toList())
                .satisfiesExactly(
                        error -> assertThat(error).startsWith("error: "),
                        hint -> assertThat(hint).startsWith("hint: `kmsctl").contains("--help"));
    }

    @Test
    void saysWhatToDoWithoutAHome() {
        Cli.Result result = Cli.in(home.resolve("nowhere")).run("status");

        assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err())
                .startsWith("error: there is no file")
                .contains("ca.pem")
                .contains("hint: --home");
    }

    @Test
    void takesTheHomeFromTheOptionBeforeTheEnvironment() {
        Cli.Result result = Cli.in(Path.of("/nonexistent/environment")).run("status", "--home", "/nonexistent/option");

        assertThat(result.err()).contains("/nonexistent/option").doesNotContain("/nonexistent/environment");
    }

    @Test
    void showsItsVersion() {
        assertThat(Cli.in(home).run("--version").out().toLowerCase(Locale.ROOT)).startsWith("kmsctl 1.0.0");
    }
}
