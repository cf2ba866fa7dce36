package org.mckms.client.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.mckms.client.KeySetReport;
import org.mckms.client.ReceivedAnswer;

/** Saves an answer if that was wished, and shows it without private keys. */
final class AnswerOutput {
    private final KmsctlCommand command;

    AnswerOutput(KmsctlCommand command) {
        this.command = command;
    }

    /** @param file where to save the document, or null */
    void show(ReceivedAnswer<?> answer, List<KeySetReport> reports, Path file) throws IOException {
        if (file != null) {
            answer.save(file);
        }
        if (command.json()) {
            JsonText.print(command.console(), new ResponseJson(false).of(answer.response(), reports));
        } else {
            new ResponseTable(command.console(), false).print(answer.response(), reports);
        }
    }
}
