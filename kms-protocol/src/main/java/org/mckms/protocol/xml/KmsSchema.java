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

/**
 * The schema of the KMS interface (TS 33.180 clause D.3.5 with its security extension), written from the tables of annex
 * D. Everything that is sent is valid under it; what is received need not be, since deployed peers are not that strict.
 */
public final class KmsSchema {
    /** Namespace of the KMS interface. */
    public static final String NAMESPACE = "urn:3gpp:ns:mcsecKMSInterface:1.0";

    private static final String OWN_SCHEME = "kms-schema";
    private static final String MAIN_FILE = "kms-interface.xsd";
    private static final Set<String> IMPORTED_FILES = Set.of("xmldsig.xsd", "xmlenc.xsd", "kms-redirect-response.xsd");

    private KmsSchema() {}

    /**
     * Checks a document of at most {@link XmlLimits#RESPONSE} against the schema.
     *
     * @throws KmsException MALFORMED_REQUEST if it is not valid, naming the first rule broken; also as {@link
     *     HardenedXml#parse(byte[], XmlLimits)}
     */
    public static void validate(byte[] octets) {
        Document document = HardenedXml.parse(octets, XmlLimits.RESPONSE);
        try {
            Validator validator = Loaded.SCHEMA.newValidator();
            validator.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            validator.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            validator.validate(new DOMSource(document));
        } catch (SAXException e) {
            throw new KmsException(MALFORMED_REQUEST, "the document is not schema-valid: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new IllegalStateException("a document in memory cannot be read", e);
        }
    }

    /** Loads the schema when it is first needed; a compiled schema serves any number of threads. */
    private static final class Loaded {
        static final Schema SCHEMA = load();

        private static Schema load() {
            SchemaFactory factory = SchemaFactory.newDefaultInstance();
            try (InputStream main = open(MAIN_FILE)) {
                factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
                factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
                factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, OWN_SCHEME);
                factory.setResourceResolver((type, namespace, publicId, file, base) -> imported(file));
                return factory.newSchema(new StreamSource(main, OWN_SCHEME + ":" + MAIN_FILE));
            } catch (IOException | SAXException e) {
                throw new IllegalStateException("the schema of the KMS interface cannot be loaded", e);
            }
        }

        private static LSInput imported(String file) {
            if (!IMPORTED_FILES.contains(file)) {
                throw new IllegalStateException("the schema of the KMS interface imports an unknown file " + file);
            }
            DOMImplementationLS implementation = (DOMImplementationLS)
                    HardenedXml.emptyDocument().getImplementation().getFeature("LS", "3.0");
            LSInput input = implementation.createLSInput();
            input.setByteStream(open(file));
            input.setSystemId(OWN_SCHEME + ":" + file);
            return input;
        }

        private static InputStream open(String file) {
            InputStream resource = KmsSchema.class.getResourceAsStream(file);
            if (resource == null) {
                throw new IllegalStateException("the resource " + file + " is missing");
            }
            return resource;
        }
    }
}
