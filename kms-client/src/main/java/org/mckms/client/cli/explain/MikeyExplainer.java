package org.mckms.client.cli.explain;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mckms.mikeysakke.mikey.Deviation;
import org.mckms.mikeysakke.mikey.MalformedMikeyException;
import org.mckms.mikeysakke.mikey.MikeyDissection;
import org.mckms.mikeysakke.mikey.MikeyField;
import org.mckms.mikeysakke.mikey.MikeyLeniency;
import org.mckms.mikeysakke.mikey.MikeyMessage;
import org.mckms.mikeysakke.mikey.MikeyPart;

/**
 * Explains a MIKEY-SAKKE I_MESSAGE, payload by payload. What TS 33.180 does not allow is a fault also if it is a known deviation; the
 * fields behind it are shown then.
 */
final class MikeyExplainer {
    private static final MikeyLeniency LENIENT = new MikeyLeniency(Set.of(Deviation.values()));
    private static final String NEXT = "next payload";
    private static final Map<MikeyPart, String> TITLES = Map.of(
            MikeyPart.CS_ID_MAP, "CS ID map",
            MikeyPart.IDR_INITIATOR, "IDR of the initiator",
            MikeyPart.IDR_RESPONDER, "IDR of the responder",
            MikeyPart.IDR_INITIATOR_KMS, "IDR of the initiator's KMS",
            MikeyPart.IDR_RESPONDER_KMS, "IDR of the responder's KMS",
            MikeyPart.EXTENSION, "general extension",
            MikeyPart.SAKKE_TO_SELF, "SAKKE-to-self",
            MikeyPart.KEY_PARAMETERS, "key parameters");

    private final ExplanationBuilder out = new ExplanationBuilder();
    private final Map<String, Integer> names = new HashMap<>();
    private Optional<MikeyPart> part = Optional.empty();

    private MikeyExplainer() {}

    static Explanation explain(byte[] message) {
        return new MikeyExplainer().explanation(message);
    }

    private Explanation explanation(byte[] message) {
        MikeyDissection strict = MikeyMessage.dissect(message, MikeyLeniency.STRICT);
        MikeyDissection lenient = MikeyMessage.dissect(message, LENIENT);
        for (MikeyField field : lenient.fields()) {
            enter(field);
            String name = named(field.name());
            Reading reading = MikeyValues.of(field);
            out.field(
                    clause(field.part()),
                    name,
                    strict.fault()
                            .filter(fault -> isIn(fault, field))
                            .map(fault -> Reading.wrong(reading.value(), fault.getMessage()))
                            .orElse(reading));
        }
        strict.fault()
                .filter(fault -> lenient.fields().stream().noneMatch(field -> isIn(fault, field)))
                .ifPresent(fault -> out.fault(part.map(MikeyExplainer::clause).orElse(""), fault.getMessage()));
        part.ifPresent(entered -> out.leave());
        if (lenient.message().isPresent() && strict.fault().isPresent()) {
            out.advise("a receiver can be told to accept " + needed(message));
        }
        return out.build(DocumentKind.I_MESSAGE);
    }

    /** A payload begins with the type of the next one, except the last, whose octets in an extension stand for themselves. */
    private void enter(MikeyField field) {
        boolean begins =
                field.name().equals(NEXT) && field.part() != MikeyPart.HDR && field.part() != MikeyPart.SAKKE_TO_SELF;
        if (begins || !part.equals(Optional.of(field.part()))) {
            part.ifPresent(entered -> out.leave());
            String title = TITLES.getOrDefault(field.part(), field.part().name());
            out.enter(clause(field.part()), title, "", "from octet " + field.offset());
            part = Optional.of(field.part());
            names.clear();
        }
    }

    private String named(String name) {
        int count = names.merge(name, 1, Integer::sum);
        return count > 1 ? name + "[" + count + "]" : name;
    }

    private static boolean isIn(MalformedMikeyException fault, MikeyField field) {
        return fault.offset() >= field.offset()
                && fault.offset() < field.offset() + field.octets().size();
    }

    /** The fewest deviations with which the message can be read. */
    private static String needed(byte[] message) {
        List<Deviation> needed = Arrays.stream(Deviation.values())
                .filter(deviation -> MikeyMessage.dissect(message, without(deviation))
                        .message()
                        .isEmpty())
                .toList();
        return needed.stream().map(Deviation::name).collect(Collectors.joining(" and "));
    }

    private static MikeyLeniency without(Deviation left) {
        return new MikeyLeniency(Arrays.stream(Deviation.values())
                .filter(deviation -> deviation != left)
                .collect(Collectors.toUnmodifiableSet()));
    }

    private static String clause(MikeyPart part) {
        return part.clause().replace("TS 33.180 ", "");
    }
}
