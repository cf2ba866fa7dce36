package org.mckms.client.cli;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import jakarta.json.JsonWriter;
import jakarta.json.JsonWriterFactory;
import jakarta.json.stream.JsonGenerator;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Shows JSON: as it is to programs, as tables to people. */
final class JsonText {
    private static final JsonWriterFactory PRETTY =
            Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true));

    private JsonText() {}

    /** Prints a JSON document. */
    static void print(Console console, JsonStructure document) {
        StringWriter text = new StringWriter();
        try (JsonWriter writer = PRETTY.createWriter(text)) {
            writer.write(document);
        }
        console.print(text.toString().strip());
    }

    /** Prints an object as two columns; inner objects with their path as name. */
    static void printFacts(Console console, JsonObject object) {
        Table table = new Table();
        addFacts(table, "", object);
        table.print(console);
    }

    /**
     * Prints the objects of an array with the wished columns, as far as any of them has such a member.
     *
     * @param wished member names, in the order of the columns
     */
    static void printList(Console console, List<JsonObject> items, String... wished) {
        List<String> columns = Arrays.stream(wished)
                .filter(name -> items.stream().anyMatch(item -> item.containsKey(name)))
                .toList();
        Table table = new Table();
        table.row(columns.stream().map(JsonText::title).toList());
        for (JsonObject item : items) {
            table.row(columns.stream().map(name -> plain(item.get(name))).toList());
        }
        table.print(console);
    }

    /** The objects of a list: the document itself, or the first array in it. */
    static List<JsonObject> items(JsonStructure document) {
        Optional<JsonArray> array = document instanceof JsonArray list
                ? Optional.of(list)
                : document.asJsonObject().values().stream()
                        .filter(JsonArray.class::isInstance)
                        .map(JsonArray.class::cast)
                        .findFirst();
        List<JsonObject> items = new ArrayList<>();
        array.ifPresent(list ->
                list.stream().filter(JsonObject.class::isInstance).forEach(item -> items.add(item.asJsonObject())));
        return items;
    }

    /** A member of a document as text, if it is there and not null. */
    static Optional<String> member(JsonStructure document, String name) {
        return document instanceof JsonObject object
                        && object.containsKey(name)
                        && object.get(name).getValueType() != JsonValue.ValueType.NULL
                ? Optional.of(plain(object.get(name)))
                : Optional.empty();
    }

    private static void addFacts(Table table, String path, JsonObject object) {
        object.forEach((name, value) -> {
            String full = path.isEmpty() ? name : path + "." + name;
            if (value instanceof JsonObject inner) {
                addFacts(table, full, inner);
            } else if (value instanceof JsonArray list && list.stream().anyMatch(JsonObject.class::isInstance)) {
                for (int i = 0; i < list.size(); i++) {
                    if (list.get(i) instanceof JsonObject inner) {
                        addFacts(table, full + "." + (i + 1), inner);
                    }
                }
            } else {
                table.row(full, plain(value));
            }
        });
    }

    private static String plain(JsonValue value) {
        if (value == null || value.getValueType() == JsonValue.ValueType.NULL) {
            return "-";
        }
        if (value instanceof JsonString text) {
            return text.getString();
        }
        if (value instanceof JsonArray list) {
            return list.stream().map(JsonText::plain).collect(Collectors.joining(", "));
        }
        if (value instanceof JsonObject object) {
            return object.entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + plain(entry.getValue()))
                    .collect(Collectors.joining(", "));
        }
        return value.toString();
    }

    private static String title(String name) {
        StringBuilder title = new StringBuilder();
        for (char c : name.toCharArray()) {
            if (Character.isUpperCase(c)) {
                title.append(' ');
            }
            title.append(Character.toUpperCase(c));
        }
        return title.toString();
    }
}
