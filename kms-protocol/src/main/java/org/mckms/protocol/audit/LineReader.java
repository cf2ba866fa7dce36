package org.mckms.protocol.audit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads an export line by line: UTF-8, each line ended by a line feed and of at most 16 MiB. */
final class LineReader {
    private static final int MAX_LINE_OCTETS = 16 * 1024 * 1024;

    private final InputStream in;
    private final String what;
    private long lines;

    LineReader(InputStream in, String what) {
        this.in = new BufferedInputStream(in);
        this.what = what;
    }

    /** The next line without its line feed; empty at the end. */
    Optional<String> next() throws IOException, FaultFound {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int octet = in.read();
        if (octet < 0) {
            return Optional.empty();
        }
        lines++;
        for (; octet != '\n'; octet = in.read()) {
            FaultFound.unless(octet >= 0, where(), "the file ends within the line");
            FaultFound.unless(line.size() < MAX_LINE_OCTETS, where(), "the line is longer than 16 MiB");
            line.write(octet);
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line.toByteArray()))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new FaultFound(where(), "the line is not UTF-8");
        }
    }

    /** The line read last, as text for a fault. */
    String where() {
        return "line " + lines + " of the " + what;
    }
}
