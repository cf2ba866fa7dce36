package org.mckms.client.cli;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Shows which files a command wrote. */
final class FileList {
    private FileList() {}

    static void show(KmsctlCommand command, Path... files) throws IOException {
        Table table = Table.withHead("FILE", "OCTETS");
        JsonArrayBuilder array = Json.createArrayBuilder();
        for (Path file : files) {
            long octets = Files.size(file);
            table.row(file.toString(), Long.toString(octets));
            array.add(Json.createObjectBuilder().add("file", file.toString()).add("octets", octets));
        }
        if (command.json()) {
            JsonText.print(
                    command.console(),
                    Json.createObjectBuilder().add("files", array).build());
        } else {
            table.print(command.console());
        }
    }
}
