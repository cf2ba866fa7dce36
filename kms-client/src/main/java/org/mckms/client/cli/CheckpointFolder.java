package org.mckms.client.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder outside of the database to which a KMS writes its audit checkpoints: one file each, in the order of their
 * names. There may be many thousands, so one is open at a time.
 */
final class CheckpointFolder {
    private CheckpointFolder() {}

    /** All checkpoints, one line each; files that are not called {@code *.json} or {@code *.ndjson} are left out. */
    static InputStream lines(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> sorted =
                    files.filter(CheckpointFolder::holdsCheckpoints).sorted().toList();
            return new SequenceInputStream(new OneByOne(sorted.iterator()));
        }
    }

    private static boolean holdsCheckpoints(Path file) {
        String name = file.getFileName().toString();
        return Files.isRegularFile(file) && (name.endsWith(".json") || name.endsWith(".ndjson"));
    }

    private record OneByOne(Iterator<Path> files) implements Enumeration<InputStream> {
        @Override
        public boolean hasMoreElements() {
            return files.hasNext();
        }

        @Override
        public InputStream nextElement() {
            Path file = files.next();
            try {
                return new ByteArrayInputStream(endedByLineFeed(Files.readAllBytes(file)));
            } catch (IOException e) {
                throw new CommandFailedException("cannot read " + file + ": " + e.getMessage());
            }
        }

        private static byte[] endedByLineFeed(byte[] text) {
            if (text.length == 0 || text[text.length - 1] == '\n') {
                return text;
            }
            byte[] ended = Arrays.copyOf(text, text.length + 1);
            ended[text.length] = '\n';
            return ended;
        }
    }
}
