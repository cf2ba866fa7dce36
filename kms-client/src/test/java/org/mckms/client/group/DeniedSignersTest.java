package org.mckms.client.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.client.ClientSetupException;
import org.mckms.mikeysakke.Octets;

class DeniedSignersTest {
    /** SHA-256 of "abc" (FIPS 180-2 appendix B.1). */
    private static final String NAME = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private static final Octets DENIED = Octets.ofAscii("abc");
    private static final Octets OTHER = Octets.ofAscii("abd");

    @TempDir
    private Path folder;

    private Path list(String text) throws IOException {
        return Files.writeString(folder.resolve("denied"), text);
    }

    @Test
    void namesAKeyByTheHashOfItsPvt() {
        assertThat(DeniedSigners.nameOf(DENIED)).isEqualTo(NAME);
    }

    @Test
    void deniesThoseInTheListInEitherCaseAndNobodyElse() throws IOException {
        String text = "# lost in May\n\n  " + NAME.toUpperCase(Locale.ROOT) + "   # sip:gms@north.example\r\n";

        DeniedSigners signers = new DeniedSigners(list(text));

        assertThat(signers.test(DENIED)).isTrue();
        assertThat(signers.test(OTHER)).isFalse();
    }

    @Test
    void anEmptyListDeniesNobody() throws IOException {
        assertThat(new DeniedSigners(list("")).test(DENIED)).isFalse();
    }

    @Test
    void takesUpAChangeAtOnce() throws IOException {
        DeniedSigners signers = new DeniedSigners(list(""));
        assertThat(signers.test(DENIED)).isFalse();

        list(NAME + "\n");
        assertThat(signers.test(DENIED)).isTrue();

        Path same = list("0".repeat(64) + "\n");
        Files.setLastModifiedTime(same, FileTime.fromMillis(1_000));
        assertThat(signers.test(DENIED)).isFalse();
    }

    @Test
    void takesUpAChangeThatLeavesSizeAndTimeAsTheyWere() throws IOException {
        FileTime time = FileTime.fromMillis(1_000);
        Path file = list("0".repeat(64) + "\n");
        Files.setLastModifiedTime(file, time);
        DeniedSigners signers = new DeniedSigners(file);
        assertThat(signers.test(DENIED)).isFalse();

        list(NAME + "\n");
        Files.setLastModifiedTime(file, time);

        assertThat(signers.test(DENIED)).isTrue();
    }

    @Test
    void refusesEveryQuestionWhileTheListCannotBeRead() throws IOException {
        Path file = list(NAME);
        DeniedSigners signers = new DeniedSigners(file);

        Files.delete(file);
        assertThatThrownBy(() -> signers.test(OTHER))
                .isInstanceOf(ClientSetupException.class)
                .hasMessageContaining("cannot read the denied signers");

        list("rubbish");
        assertThatThrownBy(() -> signers.test(OTHER)).isInstanceOf(ClientSetupException.class);

        list(NAME);
        assertThat(signers.test(OTHER)).isFalse();
        assertThat(signers.test(DENIED)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"12", "zz", "sip:gms@north.example", "0x00"})
    void aListWithAnythingElseIsRefused(String line) throws IOException {
        Path file = list(NAME + "\n" + line + "\n");

        assertThatThrownBy(() -> new DeniedSigners(file))
                .isInstanceOf(ClientSetupException.class)
                .hasMessageContaining("line 2");
    }

    @Test
    void aListThatIsTooLargeOrMissingIsRefused() throws IOException {
        Path large = list("#".repeat(1024 * 1024 + 1));

        assertThatThrownBy(() -> new DeniedSigners(large)).hasMessageContaining("too large");
        assertThatThrownBy(() -> new DeniedSigners(folder.resolve("none"))).isInstanceOf(ClientSetupException.class);
    }
}
