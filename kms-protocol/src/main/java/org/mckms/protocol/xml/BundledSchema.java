package org.mckms.protocol.xml;

import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.mckms.protocol.error.KmsException;
import org.w3c.dom.Document;
import org.w3c.dom.ls.DOMImplementationLS;
import org.w3c.dom.ls.LSInput;
import org.xml.sax.SAXException;

/** A schema among the resources of this package; what it imports is taken from there too, and from nowhere else. */
final class BundledSchema {
    private static final String OWN_SCHEME = "kms-schema";

    /** A compiled schema serves any number of threads. */
    private final Schema schema;

    /**
     * @param mainFile the schema
     * @param imported the files that it may import or include
     */
    BundledSchema(String mainFile, Set<String> imported) {
        SchemaFactory factory = SchemaFactory.newDefaultInstance();
        try (InputStream main = open(mainFile)) {
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, OWN_SCHEME);
            factory.setResourceResolver((type, namespace, publicId, file, base) -> imported(file, imported));
            schema = factory.newSchema(new StreamSource(main, OWN_SCHEME + ":" + mainFile));
        } catch (IOException | SAXException e) {
            throw new IllegalStateException("the schema " + mainFile + " cannot be loaded", e);
        }
    }

    /**
     * Checks a document of at most {@link XmlLimits#RESPONSE}.
     *
     * @throws KmsException MALFORMED_REQUEST if it is not valid, naming the first rule broken; also as {@link
     *     HardenedXml#parse(byte[], XmlLimits)}
     */
    void validate(byte[] octets) {
        Document document = HardenedXml.parse(octets, XmlLimits.RESPONSE);
        try {
            Validator validator = schema.newValidator();
            validator.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            validator.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            validator.validate(new DOMSource(document));
        } catch (SAXException e) {
            throw new KmsException(MALFORMED_REQUEST, "the document is not schema-valid: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new IllegalStateException("a document in memory cannot be read", e);
        }
    }

    private static LSInput imported(String file, Set<String> allowed) {
        if (!allowed.contains(file)) {
            throw new IllegalStateException("a schema imports an unknown file " + file);
        }
        DOMImplementationLS implementation = (DOMImplementationLS)
                HardenedXml.emptyDocument().getImplementation().getFeature("LS", "3.0");
        LSInput input = implementation.createLSInput();
        input.setByteStream(open(file));
        input.setSystemId(OWN_SCHEME + ":" + file);
        return input;
    }

    private static InputStream open(String file) {
        InputStream resource = BundledSchema.class.getResourceAsStream(file);
        if (resource == null) {
            throw new IllegalStateException("the resource " + file + " is missing");
        }
        return resource;
    }
}
