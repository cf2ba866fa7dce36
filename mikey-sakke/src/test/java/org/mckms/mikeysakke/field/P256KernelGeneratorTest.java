package org.mckms.mikeysakke.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The committed kernels are what the generator writes. */
class P256KernelGeneratorTest {
    private static final Path SOURCES = Path.of("src/main/java/org/mckms/mikeysakke/field");

    @Test
    void wroteTheProduct() throws IOException {
        assertThat(Files.readString(SOURCES.resolve("P256Product.java"))).isEqualTo(P256KernelGenerator.product());
    }

    @Test
    void wroteTheSquare() throws IOException {
        assertThat(Files.readString(SOURCES.resolve("P256Square.java"))).isEqualTo(P256KernelGenerator.square());
    }

    @Test
    void wroteTheDifferenceOfProducts() throws IOException {
        assertThat(Files.readString(SOURCES.resolve("P256ProductDifference.java")))
                .isEqualTo(P256KernelGenerator.difference());
    }
}
