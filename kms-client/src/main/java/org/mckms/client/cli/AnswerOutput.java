package org.mckms.client.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.mckms.client.KeySetReport;
import org.mckms.client.ReceivedAnswer;
import picocli.CommandLine.Option;

/** Option of the commands that fetch an answer: saves it if that is wished, and shows it without private keys. */
final class AnswerOutput {
    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "save the answer as it came, with the private keys that are in it")
    private Path file;

    /** Refuses --output where the answer is not kept as it came. */
    void refuseFile() {
        if (file != null) {
            throw new WrongUseException("with --key-store the answer goes into the key store: leave --output out");
        }
    }

    /** @param reports one per key set in their order, or none if there is none */
    void show(KmsctlCommand command, ReceivedAnswer<?> answer, List<KeySetReport> reports) throws IOException {
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
