package org.mckms.mikeysakke.vectors;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** A file under {@code vectors/}: inputs shared by all rows, and rows with a name each. */
public final class VectorFile {
    private final String path;
    private final VectorCase inputs;
    private final List<VectorCase> cases;

    private VectorFile(String path, VectorCase inputs, List<VectorCase> cases) {
        this.path = path;
        this.inputs = inputs;
        this.cases = cases;
    }

    public static VectorFile load(String path) {
        JsonObject json = json(path);
        JsonObject inputs = json.containsKey("inputs") ? json.getJsonObject("inputs") : JsonObject.EMPTY_JSON_OBJECT;
        List<VectorCase> cases = json.getJsonArray("cases").getValuesAs(JsonObject.class).stream()
                .map(fields -> new VectorCase(fields.getString("name"), fields))
                .toList();
        return new VectorFile(path, new VectorCase("inputs", inputs), cases);
    }

    static JsonObject json(String path) {
        try (InputStream in = VectorFile.class.getResourceAsStream("/vectors/" + path)) {
            if (in == null) {
                throw new IllegalArgumentException("no vector file " + path);
            }
            try (JsonReader reader = Json.createReader(in)) {
                return reader.readObject();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public VectorCase inputs() {
        return inputs;
    }

    public List<VectorCase> cases() {
        return cases;
    }

    /** One test for each row. */
    public Stream<DynamicTest> tests(Consumer<VectorCase> check) {
        return cases.stream()
                .map(row -> DynamicTest.dynamicTest(row.name(), () -> {
                    VectorGuard.started(path, row.name());
                    check.accept(row);
                }));
    }
}
