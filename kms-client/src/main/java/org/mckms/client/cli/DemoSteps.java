package org.mckms.client.cli;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Runs the steps of the demonstration, tells of each as it is done, and keeps count. */
final class DemoSteps {
    private final CliContext context;
    private final boolean json;
    private final JsonArrayBuilder done = Json.createArrayBuilder();
    private int number;

    /** @param json whether the steps are only collected, to be given out at the end */
    DemoSteps(CliContext context, boolean json) {
        this.context = context;
        this.json = json;
    }

    /** What a step found: a value for the steps after it and a sentence for people. */
    record Outcome<T>(T value, String finding) {}

    /** Runs one step. A step that is not right throws; it is told as failed and the exception goes on. */
    <T> T run(String who, String what, Supplier<Outcome<T>> step) {
        number++;
        long begin = System.nanoTime();
        try {
            Outcome<T> outcome = context.progress(who + ": " + what, step);
            tell(true, begin, who, what, outcome.finding());
            return outcome.value();
        } catch (RuntimeException e) {
            tell(false, begin, who, what, String.valueOf(e.getMessage()));
            throw e;
        }
    }

    /** A condition on which a step depends. */
    static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new CommandFailedException(otherwise);
        }
    }

    int count() {
        return number;
    }

    JsonObject result(boolean right) {
        return Json.createObjectBuilder().add("right", right).add("steps", done).build();
    }

    private void tell(boolean right, long begin, String who, String what, String finding) {
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        done.add(Json.createObjectBuilder()
                .add("number", number)
                .add("right", right)
                .add("milliseconds", millis)
                .add("who", who)
                .add("what", what)
                .add("finding", finding));
        if (!json) {
            context.console()
                    .print(String.format(
                            "%2d  %-6s %6d ms  %-12s %s: %s",
                            number, right ? "ok" : "FAILED", millis, who, what, finding));
        }
    }
}
