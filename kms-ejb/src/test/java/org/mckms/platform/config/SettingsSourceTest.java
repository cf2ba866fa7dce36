package org.mckms.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class SettingsSourceTest {

    @TempDir
    Path folder;

    @Test
    void readsUtf8() throws IOException {
        Path file = Files.writeString(folder.resolve("kms.properties"), "kms.issuer-name=Zürich\nkms.node = a\n");

        assertThat(SettingsSource.readFile(file.toString()))
                .isEqualTo(Map.of("kms.issuer-name", "Zürich", "kms.node", "a"));
    }

    @Test
    void refusesAKeyThatStandsTwice() throws IOException {
        Path file = Files.writeString(folder.resolve("kms.properties"), "kms.node=a\nkms.node=b\n");

        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(() -> SettingsSource.readFile(file.toString()))
                .withMessageContaining("kms.node stands twice")
                .satisfies(e -> assertThat(e.code()).isEqualTo(KmsErrorCode.CONFIGURATION));
    }

    @Test
    void namesAFileThatCannotBeRead() {
        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(
                        () -> SettingsSource.readFile(folder.resolve("absent").toString()))
                .withMessageContaining("absent cannot be read");
    }

    @Test
    void systemPropertiesOverrideTheFileExceptForThePin() {
        Map<String, String> values = new HashMap<>(Map.of("kms.node", "from-file"));
        Properties properties = new Properties();
        properties.setProperty("kms.node", "from-property");
        properties.setProperty("kms.hsm.pin", "1234");
        properties.setProperty("kms.tls.dir", "/etc/kms/tls");

        SettingsSource.overlay(values, properties);

        assertThat(values).isEqualTo(Map.of("kms.node", "from-property"));
    }
}
