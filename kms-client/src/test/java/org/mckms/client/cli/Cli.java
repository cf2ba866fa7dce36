package org.mckms.client.cli;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mckms.client.TestDomain;

/** Runs command lines in this process, at {@link TestDomain#NOW}, with what a person would see and type. */
final class Cli {
    private final Map<String, String> environment = new HashMap<>();
    private Optional<String> secret = Optional.empty();
    private String input = "";

    /** What a run left behind. */
    record Result(int exit, String out, String err) {
        JsonObject json() {
            try (JsonReader reader = Json.createReader(new StringReader(out))) {
                return reader.readObject();
            }
        }
    }

    static Cli in(Path home) {
        return new Cli().with("KMS_HOME", home.toString());
    }

    Cli with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Cli typing(String text) {
        input = text;
        return this;
    }

    Cli typingSecret(String text) {
        secret = Optional.of(text);
        return this;
    }

    Result run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Console console = new Console(
                new PrintWriter(out),
                new PrintWriter(err),
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                question -> secret.map(String::toCharArray));
        CliContext context = new CliContext(console, TestDomain.CLOCK, new SecureRandom(), environment);
        int exit = Kmsctl.execute(context, arguments);
        return new Result(exit, out.toString(), err.toString());
    }

    /** Runs the first arguments followed by those of the list. */
    Result run(List<String> more, String... first) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(more);
        return run(all.toArray(String[]::new));
    }
}
