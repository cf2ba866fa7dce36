package org.mckms.client.cli.explain;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a document says, in its own order.
 *
 * @param faults everything found to be wrong, the first in the document first
 * @param advice what to do about it
 */
public record Explanation(DocumentKind kind, List<Line> lines, List<Fault> faults, Optional<String> advice) {
    public Explanation {
        lines = List.copyOf(lines);
        faults = List.copyOf(faults);
    }

    /** What has to be repaired first; later faults often follow from it. */
    public Optional<Fault> firstFault() {
        return faults.stream().findFirst();
    }

    /** Whether there is an element of this name. */
    public boolean holds(String name) {
        return lines.stream().anyMatch(line -> line.name().equals(name));
    }

    /** Whether there is a signed answer, the document itself or one in it. */
    public boolean holdsSignedAnswer() {
        return lines.stream().anyMatch(line -> line.path().endsWith("SignedKmsResponse/Signature"));
    }

    /** The same with one more fault, behind those there are. */
    public Explanation with(Fault fault) {
        return new Explanation(
                kind, lines, Stream.concat(faults.stream(), Stream.of(fault)).toList(), advice);
    }

    /**
     * One field.
     *
     * @param clause where it is defined; of TS 33.180 unless it names another document
     * @param path names of the elements around it and its own, with slashes between them
     * @param depth how many elements are around it
     * @param value what stands there, safe to print; empty where only inner fields have values
     * @param note what it means or what is special about it; may be empty
     */
    public record Line(String clause, String path, int depth, String name, String value, String note) {}

    /**
     * Something that is wrong.
     *
     * @param where path of the field
     * @param what one sentence without a full stop
     */
    public record Fault(String where, String clause, String what) {}
}
