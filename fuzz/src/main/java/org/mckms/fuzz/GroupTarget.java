package org.mckms.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.group.GktpDocumentCodec;
import org.mckms.protocol.group.GroupDocumentCodec;
import org.mckms.protocol.group.KeyAcknowledgementCodec;
import org.mckms.protocol.group.RegroupAcknowledgementCodec;
import org.mckms.protocol.group.RegroupNotificationCodec;
import org.mckms.protocol.group.RegroupRekeyRequestCodec;
import org.mckms.protocol.group.RegroupTeardownCodec;

/**
 * Documents about groups: GKTP documents, group documents, acknowledgements of members, and what partners send about a regroup.
 * A document is read as one kind at most, and is the same after writing and reading.
 */
public final class GroupTarget implements Target {
    private static final List<Kind<?>> KINDS = List.of(
            new Kind<>(GktpDocumentCodec::read, GktpDocumentCodec::write),
            new Kind<>(GroupDocumentCodec::read, GroupDocumentCodec::write),
            new Kind<>(KeyAcknowledgementCodec::read, KeyAcknowledgementCodec::write),
            new Kind<>(RegroupNotificationCodec::read, RegroupNotificationCodec::write),
            new Kind<>(RegroupAcknowledgementCodec::read, RegroupAcknowledgementCodec::write),
            new Kind<>(RegroupRekeyRequestCodec::read, RegroupRekeyRequestCodec::write),
            new Kind<>(RegroupTeardownCodec::read, RegroupTeardownCodec::write));
    private static final GroupTarget TARGET = new GroupTarget();

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        TARGET.accepts(input);
    }

    @Override
    public boolean accepts(byte[] input) {
        long kinds = KINDS.stream().filter(kind -> kind.accepts(input)).count();
        Target.require(kinds <= 1, "a document is of " + kinds + " kinds");
        return kinds == 1;
    }

    /** One kind of document with its codec. */
    private record Kind<T>(Function<byte[], T> reader, Function<T, byte[]> writer) {
        boolean accepts(byte[] input) {
            T document;
            try {
                document = reader.apply(input);
            } catch (KmsException e) {
                return false;
            }
            byte[] written = writer.apply(document);
            T again = reader.apply(written);
            Target.require(again.equals(document), "a document changes when it is written and read again");
            Target.require(Arrays.equals(writer.apply(again), written), "a document is not written the same twice");
            return true;
        }
    }
}
