package org.mckms.client.cli.explain;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.w3c.dom.Element;

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
     * @param exact whether readers take no other order and no other attributes
     * @param whole what is wrong with the element as a whole
     */
    record Fields(
            List<AttributeRule> attributes,
            List<ElementRule> elements,
            Set<String> exactlyOneOf,
            boolean open,
            boolean exact,
            Function<Element, List<String>> whole)
            implements Content {
        Fields {
            attributes = List.copyOf(attributes);
            elements = List.copyOf(elements);
            exactlyOneOf = Set.copyOf(exactlyOneOf);
        }

        /** Of an element that readers are tolerant with. */
        Fields(List<AttributeRule> attributes, List<ElementRule> elements, Set<String> exactlyOneOf, boolean open) {
            this(attributes, elements, exactlyOneOf, open, false, element -> List.of());
        }

        /** Of an element that readers take as its schema says or not at all. */
        Fields(List<AttributeRule> attributes, List<ElementRule> elements, Function<Element, List<String>> whole) {
            this(attributes, elements, Set.of(), false, true, whole);
        }

        Fields withWhole(Function<Element, List<String>> rule) {
            return new Fields(attributes, elements, exactlyOneOf, open, exact, rule);
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
