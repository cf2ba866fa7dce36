package org.mckms.client.cli;

import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import java.util.List;

/** Shows what the operators' face answered. */
final class AdminResult {
    private final KmsctlCommand command;

    AdminResult(KmsctlCommand command) {
        this.command = command;
    }

    /** One object as two columns. */
    void show(JsonObject answer) {
        if (command.json()) {
            JsonText.print(command.console(), answer);
        } else {
            JsonText.printFacts(command.console(), answer);
        }
    }

    /** What an act did: the sentence for a person, the answer for a program. */
    void show(String sentence, JsonObject answer) {
        if (command.json()) {
            JsonText.print(command.console(), answer);
        } else {
            command.console().print(sentence);
            JsonText.printFacts(command.console(), answer);
        }
    }

    /** A list as a table, or one sentence when there is nothing in it. */
    void showList(JsonStructure answer, String whenEmpty, String... columns) {
        showPage(answer, whenEmpty, columns);
        if (!command.json()) {
            JsonText.member(answer, "next")
                    .ifPresent(next -> command.console().hint("there are more: add --after " + next));
        }
    }

    /** The same without saying how to go on. */
    void showPage(JsonStructure answer, String whenEmpty, String... columns) {
        if (command.json()) {
            JsonText.print(command.console(), answer);
            return;
        }
        List<JsonObject> items = JsonText.items(answer);
        if (items.isEmpty()) {
            command.console().print(whenEmpty);
            return;
        }
        JsonText.printList(command.console(), items, columns);
    }
}
