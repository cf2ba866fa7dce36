package org.mckms.platform.audit;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.protocol.audit.AuditCheckpoint;

/**
 * The folder outside the database that receives every checkpoint, one file each, never overwritten: {@code
 * checkpoint-000000000042.json} holds the checkpoint's line. A file appears whole or not at all.
 */
final class CheckpointDirectory {

    private static final Pattern FILE = Pattern.compile("checkpoint-(\\d{12})\\.json");

    private final Path directory;

    CheckpointDirectory(Path directory) {
        this.directory = requireNonNull(directory, "directory");
    }

    Path path() {
        return directory;
    }

    /** The highest number there is a file for; makes the folder if it is missing. */
    OptionalLong newestNumber() throws IOException {
        SortedSet<Long> numbers = numbers();
        return numbers.isEmpty() ? OptionalLong.empty() : OptionalLong.of(numbers.last());
    }

    /** The numbers there are files for; makes the folder if it is missing. */
    SortedSet<Long> numbers() throws IOException {
        Files.createDirectories(directory);
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> FILE.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(matcher -> Long.valueOf(matcher.group(1)))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /**
     * Reads one checkpoint.
     *
     * @throws IOException also if the file does not hold the checkpoint of that number
     */
    AuditCheckpoint read(long number) throws IOException {
        Path file = file(number);
        try {
            AuditCheckpoint checkpoint = AuditCheckpoint.parse(
                    Files.readString(file, StandardCharsets.UTF_8).strip());
            if (checkpoint.number() == number && checkpoint.isIntact()) {
                return checkpoint;
            }
        } catch (InvalidValueException e) {
            throw new IOException(file + " is no audit checkpoint", e);
        }
        throw new IOException(file + " does not hold an intact checkpoint " + number);
    }

    /** Writes one checkpoint so that it survives a crash; a file that exists must be the same. */
    void write(AuditCheckpoint checkpoint) throws IOException {
        Path file = file(checkpoint.number());
        if (Files.exists(file)) {
            if (!read(checkpoint.number()).equals(checkpoint)) {
                throw new FileAlreadyExistsException(file.toString(), null, "it holds another checkpoint");
            }
            return;
        }
        Path fresh = directory.resolve(file.getFileName() + ".new");
        try (FileChannel out = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer line = ByteBuffer.wrap((checkpoint.toJson() + "\n").getBytes(StandardCharsets.UTF_8));
            while (line.hasRemaining()) {
                out.write(line);
            }
            out.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        syncDirectory();
    }

    /** Makes the new name durable; some file systems cannot open a folder, and need not. */
    private void syncDirectory() throws IOException {
        Optional<FileChannel> folder = openDirectory();
        if (folder.isPresent()) {
            try (FileChannel channel = folder.get()) {
                channel.force(true);
            }
        }
    }

    private Optional<FileChannel> openDirectory() {
        try {
            return Optional.of(FileChannel.open(directory, StandardOpenOption.READ));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Path file(long number) {
        return directory.resolve(String.format("checkpoint-%012d.json", number));
    }
}
