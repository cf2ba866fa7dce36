package org.mckms.client.cli.explain;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.mckms.protocol.smime.EnvelopeField;
import org.mckms.protocol.smime.EnvelopeFields;

/** Explains the body of a SIP message that is sealed under a CEK: for which key, and how; not what is in it. */
final class SealedBodyExplainer {
    private static final String CLAUSE = "RFC 5083 2.1";
    private static final String ARMOUR = "-----[A-Z0-9 ]+-----";
    private static final byte DER_SEQUENCE = 0x30;

    /** The object identifier of AuthEnvelopedData with its tag and length. */
    private static final byte[] TYPE = HexFormat.of().parseHex("060b2a864886f70d0109100117");

    /** Tag and length of the ContentInfo come before it, at most six octets. */
    private static final int MAX_TYPE_OFFSET = 6;

    private SealedBodyExplainer() {}

    /** The octets of the envelope, if that is what the document begins as. */
    static Optional<byte[]> envelope(byte[] document) {
        return isEnvelope(document) ? Optional.of(document) : decoded(document).filter(SealedBodyExplainer::isEnvelope);
    }

    static Explanation explain(byte[] envelope) {
        ExplanationBuilder out = new ExplanationBuilder();
        EnvelopeFields.Found found = EnvelopeFields.of(envelope);
        int depth = 0;
        for (EnvelopeField field : found.fields()) {
            for (; depth > field.depth(); depth--) {
                out.leave();
            }
            if (field.holdsOthers()) {
                out.enter(field.clause(), field.name(), field.value(), field.note());
                field.fault().ifPresent(fault -> out.fault(field.clause(), fault));
                depth++;
            } else {
                out.field(field.clause(), field.name(), reading(field));
            }
        }
        for (; depth > 0; depth--) {
            out.leave();
        }
        found.fault().ifPresent(fault -> out.fault(CLAUSE, fault));
        return out.build(DocumentKind.SEALED_BODY);
    }

    private static Reading reading(EnvelopeField field) {
        return field.fault()
                .map(fault -> Reading.wrong(field.value(), fault))
                .orElseGet(() -> Reading.of(field.value(), field.note()));
    }

    private static Optional<byte[]> decoded(byte[] document) {
        String text =
                SimpleValues.withoutSpace(new String(document, StandardCharsets.ISO_8859_1).replaceAll(ARMOUR, ""));
        try {
            return text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isEnvelope(byte[] octets) {
        if (octets.length == 0 || octets[0] != DER_SEQUENCE) {
            return false;
        }
        for (int from = 2; from <= MAX_TYPE_OFFSET && from + TYPE.length <= octets.length; from++) {
            if (Arrays.equals(octets, from, from + TYPE.length, TYPE, 0, TYPE.length)) {
                return true;
            }
        }
        return false;
    }
}
