package org.mckms.protocol.xpk;

import java.util.Set;

/**
 * What of a document is encrypted. Names that do not occur in a document mean nothing for it.
 *
 * @param contents elements whose whole content is encrypted
 * @param uriAttributes attributes without namespace whose value is a URI
 * @param uriValues elements whose only content is a URI
 */
public record ProtectionPlan(Set<Name> contents, Set<Attribute> uriAttributes, Set<Name> uriValues) {
    public ProtectionPlan {
        contents = Set.copyOf(contents);
        uriAttributes = Set.copyOf(uriAttributes);
        uriValues = Set.copyOf(uriValues);
    }

    /**
     * The name of an element.
     *
     * @param namespace empty for none
     */
    public record Name(String namespace, String localName) {}

    /** The name of an attribute, by its element. */
    public record Attribute(Name element, String name) {}

    /** A plan for contents of elements alone. */
    public static ProtectionPlan ofContents(Name... elements) {
        return new ProtectionPlan(Set.of(elements), Set.of(), Set.of());
    }
}
