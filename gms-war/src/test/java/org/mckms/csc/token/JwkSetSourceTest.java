package org.mckms.csc.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwkSetSourceTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"http://idm.example.org/jwks", "file:/etc/jwks.json", "https:/jwks", "jwks.json", "ftp://a/b"})
    void takesHttpsUrlsOnly(String url) {
        assertThatThrownBy(() -> new HttpsJwkSetSource(URI.create(url))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aUrlHasNoChangeMark() {
        HttpsJwkSetSource source = new HttpsJwkSetSource(URI.create("https://idm.example.org/jwks"));
        assertThat(source.changeMark()).isEmpty();
        assertThat(source.location()).isEqualTo("https://idm.example.org/jwks");
    }

    @Test
    void aServerThatIsNotThereIsAnIoException() {
        HttpsJwkSetSource source = new HttpsJwkSetSource(URI.create("https://127.0.0.1:1/jwks"));
        assertThatThrownBy(source::read).isInstanceOf(IOException.class);
    }

    @Test
    void readsAFileUpToTheLimit(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("jwks.json");
        FileJwkSetSource source = new FileJwkSetSource(file);
        Files.write(file, new byte[256 * 1024]);
        assertThat(source.read()).hasSize(256 * 1024);
        Files.write(file, new byte[256 * 1024 + 1]);
        assertThatThrownBy(source::read).isInstanceOf(IOException.class);
    }

    @Test
    void aFolderIsNoFile(@TempDir Path folder) {
        assertThatThrownBy(() -> new FileJwkSetSource(folder).changeMark()).isInstanceOf(IOException.class);
    }
}
