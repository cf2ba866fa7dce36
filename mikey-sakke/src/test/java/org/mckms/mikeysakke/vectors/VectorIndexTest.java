package org.mckms.mikeysakke.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class VectorIndexTest {
    private final JsonObject index = VectorFile.json("index.json");

    @Test
    void namesEachVectorFile() throws IOException, URISyntaxException {
        Path root = Path.of(VectorFile.class.getResource("/vectors").toURI());
        List<String> files;
        try (Stream<Path> paths = Files.walk(root)) {
            files = paths.filter(Files::isRegularFile)
                    .map(path -> root.relativize(path).toString().replace('\\', '/'))
                    .filter(path -> !path.equals("index.json"))
                    .toList();
        }

        assertThat(index.keySet()).containsExactlyInAnyOrderElementsOf(files);
    }

    @TestFactory
    Stream<DynamicTest> countsTheRowsAndNamesTheTestThatRunsThem() {
        return index.keySet().stream()
                .map(path -> DynamicTest.dynamicTest(path, () -> {
                    JsonObject entry = index.getJsonObject(path);
                    List<VectorCase> cases = VectorFile.load(path).cases();
                    Class<?> test = Class.forName(entry.getString("test"));

                    assertThat(cases).hasSize(entry.getInt("cases"));
                    assertThat(cases.stream().map(VectorCase::name)).doesNotHaveDuplicates();
                    assertThat(test.getAnnotation(UsesVectors.class).value()).contains(path);
                }));
    }
}
