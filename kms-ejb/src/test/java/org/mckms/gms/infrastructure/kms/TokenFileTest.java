package org.mckms.gms.infrastructure.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.client.ClientSetupException;

class TokenFileTest {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void set() {
        file = folder.resolve("token");
    }

    @Test
    void isReadAnewEachTime() throws IOException {
        TokenFile token = new TokenFile(file);
        Files.writeString(file, "first.token.x\nand a second line\n");
        assertThat(token.accessToken()).isEqualTo("first.token.x");

        Files.writeString(file, " second.token.x \r\n");
        assertThat(token.accessToken()).isEqualTo("second.token.x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\ntoken", "   ", "two tokens", "t\u00f6ken", "t\u0000ken"})
    void refusesWhatIsNoToken(String content) throws IOException {
        Files.writeString(file, content);

        assertThatExceptionOfType(ClientSetupException.class)
                .isThrownBy(() -> new TokenFile(file).accessToken())
                .withMessageContaining(file.toString());
    }

    @Test
    void refusesAMissingFileAndOneThatIsTooLarge() throws IOException {
        assertThatExceptionOfType(ClientSetupException.class)
                .isThrownBy(() -> new TokenFile(file).accessToken())
                .withMessageContaining("cannot read an access token");

        Files.write(file, new byte[256 * 1024 + 1]);
        assertThatExceptionOfType(ClientSetupException.class)
                .isThrownBy(() -> new TokenFile(file).accessToken())
                .withMessageContaining("too large");
    }
}
