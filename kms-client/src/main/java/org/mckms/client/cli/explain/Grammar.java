package org.mckms.client.cli.explain;

import java.util.List;
import java.util.Set;

/** The words in which the elements of a document type are described. */
final class Grammar {
    private Grammar() {}

    /** What may stand inside an element. */
    sealed interface Content permits Text, Fields, KeyContent, Anything {}

    /** Text only. */
    record Text(Values rule) implements Content {}

    /**
     * Elements only.
     *
     * @param elements in the order of the schema
     * @param exactlyOneOf names of which exactly one has to be there; none where there is no such choice
     * @param open whether elements of other namespaces may follow
     */
    record Fields(List<AttributeRule> attributes, List<ElementRule> elements, Set<String> exactlyOneOf, boolean open)
            implements Content {
        Fields {
            attributes = List.copyOf(attributes);
            elements = List.copyOf(elements);
            exactlyOneOf = Set.copyOf(exactlyOneOf);
        }
    }

    /** A key, plain or wrapped. */
    record KeyContent(Values plain, Fields wrapped) implements Content {}

    /** Whatever it likes. */
    record Anything() implements Content {}

    /**
     * One element of a sequence.
     *
     * @param clause where it is defined; of TS 33.180 unless it names another document
     * @param max the most of them; {@link Integer#MAX_VALUE} for any number
     */
    record ElementRule(
            String namespace, String name, int min, int max, String clause, String meaning, Content content) {
        ElementRule repeated() {
            return new ElementRule(namespace, name, 0, Integer.MAX_VALUE, clause, meaning, content);
        }

        ElementRule optional() {
            return new ElementRule(namespace, name, 0, 1, clause, meaning, content);
        }
    }

    /** One attribute without namespace. */
    record AttributeRule(String name, boolean required, Values rule) {}
}
