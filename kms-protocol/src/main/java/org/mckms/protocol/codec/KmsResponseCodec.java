package org.mckms.protocol.codec;

import static org.mckms.protocol.codec.ElementReader.malformed;
import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.mckms.mikeysakke.MikeySakkeException;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsAnswer;
import org.mckms.protocol.message.KmsCertCache;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.KmsError;
import org.mckms.protocol.message.KmsInit;
import org.mckms.protocol.message.KmsKeyProv;
import org.mckms.protocol.message.KmsKeySet;
import org.mckms.protocol.message.KmsMessage;
import org.mckms.protocol.message.KmsResponse;
import org.mckms.protocol.message.Role;
import org.mckms.protocol.xml.HardenedXml;
import org.mckms.protocol.xml.XmlLimits;
import org.w3c.dom.Element;

/**
 * The body of a response: KmsResponse (TS 33.180 clause D.3). Written exactly as the schema says; read with the leniency
 * that deployed servers need: any order, UserID and keys in hex or base64, xsi:type absent.
 */
public final class KmsResponseCodec {
    private static final String VERSION = "1.0.0";
    private static final String ID = "xmldoc";
    private static final String INIT = "KmsInit";
    private static final String KEY_PROV = "KmsKeyProv";
    private static final String CERT_CACHE = "KmsCertCache";
    private static final List<String> MESSAGES = List.of(INIT, KEY_PROV, CERT_CACHE);
    private static final List<String> NEW_KEYS = List.of("NewTransportKey", "NewIntegrityKey");

    private KmsResponseCodec() {}

    /**
     * Writes a response: schema-valid, UTF-8, no white space between elements, keys in upper-case hex with all leading
     * zeros, times in whole seconds.
     *
     * @return the document; with key sets in it the caller wipes it
     */
    public static byte[] encode(KmsResponse response, WireDialect dialect) {
        return XmlWriter.document("KmsResponse", out -> {
            out.attribute("Id", ID)
                    .attribute("Version", VERSION)
                    .text("UserUri", response.userUri())
                    .text("KmsUri", response.kmsUri())
                    .time("Time", response.time())
                    .text("KmsId", response.kmsId())
                    .text("ClientReqUrl", response.clientReqUrl());
            if (response.answer() instanceof KmsError error) {
                new ErrorXml(error.code(), error.message()).write(out, "KmsError");
            } else if (response.answer() instanceof KmsMessage message) {
                out.element("KmsMessage", () -> write(out, message, dialect));
            }
        });
    }

    private static void write(XmlWriter out, KmsMessage message, WireDialect dialect) {
        if (message instanceof KmsInit init) {
            out.element(INIT, () -> CertificateXml.write(out.attribute("Version", VERSION), init.certificate()));
        } else if (message instanceof KmsKeyProv keyProv) {
            out.element(KEY_PROV, () -> {
                out.attribute("Version", VERSION);
                keyProv.keySets().forEach(keySet -> KeySetXml.write(out, keySet, dialect));
            });
        } else if (message instanceof KmsCertCache cache) {
            out.element(CERT_CACHE, () -> {
                out.attribute("Version", VERSION);
                cache.cacheNum().ifPresent(number -> out.attribute("CacheNum", Long.toString(number)));
                cache.certificates().forEach(certificate -> CertificateXml.write(out, certificate));
            });
        }
    }

    /**
     * Reads a response; the caller closes it. New transport and integrity keys are passed over, since they are wrapped
     * under a transport key. The keys of key sets are in range and on their curves, nothing more.
     *
     * @throws KmsException TRANSPORT_KEY_REQUIRED if the keys of a key set are wrapped; BODY_TOO_LARGE beyond {@link
     *     XmlLimits#RESPONSE}; MALFORMED_REQUEST if the document is no response, or a signed one: its signature could
     *     not be verified and must not be taken for verified
     */
    public static KmsResponse decode(byte[] octets) {
        Element root = HardenedXml.parse(octets, XmlLimits.RESPONSE).getDocumentElement();
        try {
            return read(responseIn(root));
        } catch (MikeySakkeException e) {
            throw new KmsException(MALFORMED_REQUEST, e.getMessage(), e);
        }
    }

    private static Element responseIn(Element root) {
        if (ElementReader.isKms(root, "KmsResponse")) {
            return root;
        }
        if (!ElementReader.isKms(root, "SignedKmsResponse")) {
            throw malformed("the root element is not a KmsResponse of the KMS interface");
        }
        if (root.getElementsByTagNameNS("http://www.w3.org/2000/09/xmldsig#", "Signature")
                        .getLength()
                > 0) {
            throw malformed("the response is signed; signatures of responses cannot be verified yet");
        }
        ElementReader in = ElementReader.of(root);
        Element response = in.required("KmsResponse");
        in.finish();
        return response;
    }

    private static KmsResponse read(Element element) {
        ElementReader in = ElementReader.of(element);
        in.optional("TrK-ID");
        in.optional("Signature-ID");
        Optional<Element> message = in.optional("KmsMessage");
        Optional<Element> error = in.optional("KmsError");
        if (message.isPresent() == error.isPresent()) {
            throw malformed("KmsResponse needs either a KmsMessage or a KmsError");
        }
        String userUri = in.trimmed("UserUri");
        String kmsUri = in.trimmed("KmsUri");
        Instant time = Lexical.dateTime(in.trimmed("Time"), "Time");
        Optional<String> kmsId = in.optionalText("KmsId");
        String clientReqUrl = in.trimmed("ClientReqUrl");
        in.finish();
        KmsAnswer answer = error.<KmsAnswer>map(KmsResponseCodec::error).orElseGet(() -> message(message.get()));
        try {
            return new KmsResponse(userUri, kmsUri, time, kmsId, clientReqUrl, answer);
        } catch (RuntimeException e) {
            if (answer instanceof KmsKeyProv keyProv) {
                keyProv.close();
            }
            throw e;
        }
    }

    private static KmsError error(Element element) {
        ErrorXml error = ErrorXml.read(element);
        return new KmsError(error.code(), error.message());
    }

    private static KmsMessage message(Element element) {
        ElementReader in = ElementReader.of(element);
        List<Element> found = new ArrayList<>();
        for (String name : MESSAGES) {
            in.optional(name).ifPresent(found::add);
        }
        in.finish();
        if (found.size() != 1) {
            throw malformed("KmsMessage needs exactly one of KmsInit, KmsKeyProv and KmsCertCache");
        }
        ElementReader content = ElementReader.of(found.get(0));
        return switch (content.name()) {
            case INIT -> init(content);
            case KEY_PROV -> keyProv(content);
            default -> certCache(content);
        };
    }

    private static KmsInit init(ElementReader in) {
        Optional<Element> signed = in.optional("SignedKmsCertificate");
        Optional<Element> bare = in.optional("KmsCertificate");
        NEW_KEYS.forEach(in::all);
        in.finish();
        if (signed.isPresent() == bare.isPresent()) {
            throw malformed("KmsInit needs exactly one KmsCertificate");
        }
        return new KmsInit(signed.map(element -> CertificateXml.readSigned(element, Role.ROOT))
                .orElseGet(() -> CertificateXml.read(bare.get(), Role.ROOT)));
    }

    private static KmsKeyProv keyProv(ElementReader in) {
        List<Element> elements = in.all("KmsKeySet");
        NEW_KEYS.forEach(in::all);
        in.finish();
        List<KmsKeySet> keySets = new ArrayList<>();
        try {
            elements.forEach(element -> keySets.add(KeySetXml.read(element)));
            return new KmsKeyProv(keySets);
        } catch (RuntimeException e) {
            keySets.forEach(KmsKeySet::close);
            throw e;
        }
    }

    private static KmsCertCache certCache(ElementReader in) {
        List<KmsCertificate> certificates = new ArrayList<>();
        in.all("SignedKmsCertificate")
                .forEach(element -> certificates.add(CertificateXml.readSigned(element, Role.EXTERNAL)));
        in.all("KmsCertificate").forEach(element -> certificates.add(CertificateXml.read(element, Role.EXTERNAL)));
        in.finish();
        OptionalLong cacheNum = in.attribute("CacheNum").stream()
                .mapToLong(text -> Lexical.integer(text, "CacheNum", 0, Long.MAX_VALUE))
                .findFirst();
        return new KmsCertCache(cacheNum, certificates);
    }
}
