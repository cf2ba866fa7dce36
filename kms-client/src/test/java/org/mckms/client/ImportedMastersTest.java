package org.mckms.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportedMastersTest {
    @TempDir
    private Path directory;

    @Test
    void refusesMastersThatAreNotHex() throws Exception {
        for (String text : new String[] {
            "ksak=01\n",
            "ksak=xy\nzT=01\n",
            "ksak=\nzT=01\n",
            "ksak=1\nksak=2\nzT=01\n",
            "ksak=1\nzT=1\nzT=2\n",
            "ksak=1\nzT=1\nkpak=1\n",
            "ksak=1\nzT=1\n zT=1\n",
            "KSAK=1\nksak=1\nzT=1\n",
            "ksak=" + "1".repeat(65) + "\nzT=1\n",
            "ksak=1\nzT=" + "1".repeat(257) + "\n"
        }) {
            Path file = Files.writeString(directory.resolve("bad-masters"), text);

            assertThatThrownBy(() -> ImportedMasters.read(file)).as(text).isInstanceOf(ClientSetupException.class);
        }
    }

    @Test
    void wipesTheMastersItTookWhenTheRestIsNotRight() {
        for (String rest : new String[] {"zT=xy\n", "", "kpak=04\n", "ksak=02\n"}) {
            ImportedMasters masters = new ImportedMasters();

            assertThatThrownBy(() -> masters.fill(("ksak=0123\n" + rest).getBytes(US_ASCII), Path.of("masters")))
                    .as(rest)
                    .isInstanceOf(ClientSetupException.class)
                    .hasMessageNotContaining("0123");

            assertThat(masters.<byte[]>use((ksak, zT) -> ksak)).as(rest).containsExactly(0, 0, 0, 0);
            assertThat(masters.<byte[]>use((ksak, zT) -> zT))
                    .as(rest)
                    .isEqualTo(new byte[rest.startsWith("zT") ? 2 : 0]);
        }
    }
}
