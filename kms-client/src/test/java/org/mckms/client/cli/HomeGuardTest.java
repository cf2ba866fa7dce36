package org.mckms.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.client.TestPki;

class HomeGuardTest {
    private static final URI NOWHERE = URI.create("https://localhost:1");

    @TempDir
    private Path directory;

    private Path home;

    @BeforeEach
    void makeHome() throws Exception {
        home = TestHome.make(directory.resolve("home"), new TestPki(), NOWHERE, NOWHERE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwx------", "rwxr-xr-x", "r-xr-x--x"})
    void takesWhatOnlyItsOwnerCanWrite(String permissions) throws Exception {
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString(permissions));

        assertThatCode(() -> HomeGuard.requireSafe(home)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwx---", "rwx----w-", "rwxrwxrwx"})
    void refusesWhatOthersCanWrite(String permissions) throws Exception {
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString(permissions));

        assertThatThrownBy(() -> HomeGuard.requireSafe(home))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("others than its owner can write to " + home);
    }

    @Test
    void refusesWhatBelongsToSomebodyElse() throws Exception {
        giveAway(home);

        assertThatThrownBy(() -> HomeGuard.requireSafe(home))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining(home + " belongs to nobody");
    }

    @Test
    void refusesALinkThatSomebodyElseMade() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("link"), home);
        assertThatCode(() -> HomeGuard.requireSafe(link)).doesNotThrowAnyException();
        giveAway(link);

        assertThatThrownBy(() -> HomeGuard.requireSafe(link)).isInstanceOf(CommandFailedException.class);
    }

    @Test
    void takesWhatRootOwnsAndWhatIsNotThere() {
        assertThatCode(() -> HomeGuard.requireSafe(Path.of("/"))).doesNotThrowAnyException();
        assertThatCode(() -> HomeGuard.requireSafe(home.resolve("nowhere"))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"'',rwxrwxrwx", "tls,rwxrwx---", "tls/ca.pem,rw-rw----", "endpoints.properties,rw-r--rw-"})
    void noCommandTrustsAHomeThatOthersCanWrite(String part, String permissions) throws Exception {
        Path file = home.resolve(part);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

        Cli.Result result = Cli.in(home).typingSecret("1234").run("activate");

        assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err())
                .startsWith("error: others than its owner can write to " + home)
                .contains("hint: ")
                .contains("chmod go-w " + home)
                .doesNotContain("server  ");
    }

    @Test
    void commandsWithoutAHomeDoNotLookAtIt() throws Exception {
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThat(Cli.in(home)
                        .run("uid", "sip:alice@example.org", "--kms-uri", "kms.example.org", "--number", "1514")
                        .exit())
                .isZero();
    }

    /** Only root can; for others there is nothing to test with. */
    private static void giveAway(Path path) throws Exception {
        assumeTrue(Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).getName().equals("root"));
        UserPrincipal nobody =
                FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setOwner(nobody);
    }
}
