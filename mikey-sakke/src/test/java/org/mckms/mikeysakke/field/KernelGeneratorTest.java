package org.mckms.mikeysakke.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The committed kernels are what the generator writes. */
class KernelGeneratorTest {
    private static final Path SOURCES = Path.of("src/main/java/org/mckms/mikeysakke/field");

    @Test
    void wroteTheProduct() throws IOException {
        assertThat(Files.readString(SOURCES.resolve("SakkeProduct.java"))).isEqualTo(KernelGenerator.product());
    }

    @Test
    void wroteTheSquare() throws IOException {
        assertThat(Files.readString(SOURCES.resolve("SakkeSquare.java"))).isEqualTo(KernelGenerator.square());
    }

    @Test
    void wroteTheReduction() throws IOException {
        assertThat(Files.readString(SOURCES.resolve("SakkeReduction.java")))
                .isEqualTo(new ReductionGenerator().reduction());
    }
}
