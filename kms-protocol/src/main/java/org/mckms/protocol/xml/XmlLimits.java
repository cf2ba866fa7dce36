package org.mckms.protocol.xml;

/**
 * How much a document may ask of the parser. What is over a limit is refused as soon as the limit is met, so the work is
 * bounded by the limits and not by the sender.
 *
 * @param octets size of the document
 * @param depth elements inside each other, the root counted
 * @param elements elements in all
 * @param attributesPerElement attributes of one element, namespace declarations counted
 * @param attributeCharacters length of one attribute value
 * @param nameCharacters length of one name
 */
public record XmlLimits(
        int octets, int depth, int elements, int attributesPerElement, int attributeCharacters, int nameCharacters) {
    private static final int KIB = 1024;

    /** For what a server reads: at most 64 KiB. */
    public static final XmlLimits REQUEST = new XmlLimits(64 * KIB, 32, 1000, 32, 2048, 128);

    /** For what a client reads from its KMS: at most 4 MiB, room for some thousand certificates. */
    public static final XmlLimits RESPONSE = new XmlLimits(4096 * KIB, 32, 100_000, 32, 2048, 128);
}
