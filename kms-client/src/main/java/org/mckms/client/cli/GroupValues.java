package org.mckms.client.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mckms.client.GroupManagerClient.NewMember;

/** Reads the values of commands about groups. */
final class GroupValues {
    private GroupValues() {}

    /** {@code URI} or {@code URI KMS-URI}. */
    static NewMember member(String text) {
        String[] parts = text.strip().split("[ ,]+");
        if (parts[0].isEmpty() || parts.length > 2) {
            throw new WrongUseException("not a member: " + text + " (write URI, or URI and the URI of its KMS)");
        }
        return new NewMember(parts[0], parts.length == 2 ? Optional.of(parts[1]) : Optional.empty());
    }

    /** Those of the command line and those of a file with one in each line, empty lines left out. */
    static List<NewMember> members(List<String> given, Path file) {
        List<NewMember> members = new ArrayList<>();
        given.forEach(text -> members.add(member(text)));
        if (file != null) {
            try {
                Files.readAllLines(file).stream()
                        .filter(line -> !line.isBlank())
                        .forEach(line -> members.add(member(line)));
            } catch (IOException e) {
                throw new CommandFailedException("cannot read the members in " + file);
            }
        }
        return members;
    }

    /** ISO 8601, for example {@code P7D} or {@code PT12H}. */
    static Duration duration(String text, String option) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new WrongUseException(option + ": not a duration: " + text + " (write P7D, PT12H, PT30M)");
        }
    }

    /** The same for an option that need not be there. */
    static Optional<Duration> optionalDuration(String text, String option) {
        return Optional.ofNullable(text).map(value -> duration(value, option));
    }
}
