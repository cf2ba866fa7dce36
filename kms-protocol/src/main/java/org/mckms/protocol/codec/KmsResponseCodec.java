package org.mckms.protocol.codec;

import static org.mckms.protocol.codec.ElementReader.malformed;
import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;
import static org.mckms.protocol.error.KmsErrorCode.SIGNATURE_REQUIRED;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.mckms.mikeysakke.MikeySakkeException;
import org.mckms.protocol.cek.CekList;
import org.mckms.protocol.element.KmsAnswer;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsError;
import org.mckms.protocol.message.KmsMessage;
import org.mckms.protocol.message.KmsResponse;
import org.mckms.protocol.security.MessageSignature;
import org.mckms.protocol.security.NamedKey;
import org.mckms.protocol.security.SignatureReader;
import org.mckms.protocol.xml.HardenedXml;
import org.mckms.protocol.xml.XmlLimits;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * The body of a response: KmsResponse or SignedKmsResponse (TS 33.180 clause D.3). Written as the schema and the client's
 * dialect say; read with the leniency that deployed servers need: any order, UserID and keys in hex or base64, keys plain
 * or wrapped in any known way, xsi:type absent.
 */
public final class KmsResponseCodec {
    private static final String VERSION = "1.0.0";
    private static final String RESPONSE = "KmsResponse";
    private static final String USER_URI = "UserUri";
    private static final String KMS_URI = "KmsUri";

    private KmsResponseCodec() {}

    /**
     * Writes a response in a dialect: UTF-8, canonical, no white space between elements, keys with all leading zeros, times
     * in whole seconds; schema-valid unless the dialect forbids it. New keys are always wrapped.
     *
     * @return the document; with plain keys in it the caller wipes it
     * @throws IllegalArgumentException if there are new keys and no TrK to wrap them under
     */
    public static byte[] encode(KmsResponse response, WireDialect dialect, ResponseProtection protection) {
        Map<String, String> prefixes = new HashMap<>(XmlWriter.xsi());
        if (protection.wrapWith().isPresent()) {
            prefixes.putAll(KeyContentXml.prefixes());
        }
        return SignatureXml.document(
                RESPONSE, dialect, prefixes, protection.signWith(), out -> write(out, response, protection.wrapWith()));
    }

    private static void write(XmlWriter out, KmsResponse response, Optional<NamedKey> wrapWith) {
        out.attribute("Version", VERSION);
        switch (out.dialect().release()) {
            case REL14 -> out.text(USER_URI, response.userUri()).text(KMS_URI, response.kmsUri());
            case REL13 -> out.text(KMS_URI, response.kmsUri()).text(USER_URI, response.userUri());
        }
        out.time("Time", response.time()).text("KmsId", response.kmsId()).text("ClientReqUrl", response.clientReqUrl());
        if (response.answer() instanceof KmsError error) {
            new ErrorXml(error.code(), error.message()).write(out, "KmsError");
        } else if (response.answer() instanceof KmsMessage message) {
            out.element("KmsMessage", () -> MessageXml.write(out, message, wrapWith));
        } else if (response.answer() instanceof CekList ceks) {
            CekListXml.write(out, ceks, wrapWith);
        } else {
            throw new IllegalArgumentException("an answer of an extension that has no XML");
        }
    }

    /** Reads a response without signature and with plain keys, as {@link #read} without keys. */
    public static KmsResponse decode(byte[] octets) {
        return read(octets, ReceivingKeys.NONE).response();
    }

    /** Reads a response of TS 33.180, as {@link #read(byte[], ReceivingKeys, WireRelease)}. */
    public static ReceivedResponse read(byte[] octets, ReceivingKeys keys) {
        return read(octets, keys, WireRelease.REL14);
    }

    /**
     * Reads a response; the caller closes it. Its signature, if it has one, is verified before anything is unwrapped. The
     * keys of key sets are in range and on their curves, nothing more.
     *
     * @param release {@code REL13} to read any namespace, which TS 33.179 leaves open
     * @throws KmsException SIGNATURE_REQUIRED if the signature is wrong, breaks a rule of {@link SignatureReader} or names
     *     no signing key of {@code keys}; TRANSPORT_KEY_REQUIRED if keys are wrapped under something else than a TrK of them;
     *     BODY_TOO_LARGE beyond {@link XmlLimits#RESPONSE}; MALFORMED_REQUEST if the document is no response
     */
    public static ReceivedResponse read(byte[] octets, ReceivingKeys keys, WireRelease release) {
        Document document = HardenedXml.parse(octets, XmlLimits.RESPONSE);
        Envelope envelope = Envelope.open(document, RESPONSE, release == WireRelease.REL13);
        Optional<NamedKey> signer = envelope.signature().map(signature -> verified(signature, keys));
        KeyOpener opener = new KeyOpener(keys, signer);
        try {
            KmsResponse response = read(envelope.message(), opener);
            return new ReceivedResponse(response, envelope.signature(), opener.allWereWrapped(), opener.wrappedUnder());
        } catch (MikeySakkeException e) {
            throw new KmsException(MALFORMED_REQUEST, e.getMessage(), e);
        }
    }

    private static NamedKey verified(MessageSignature signature, ReceivingKeys keys) {
        NamedKey key = keys.signingKey(signature.keyName())
                .orElseThrow(() -> new KmsException(
                        SIGNATURE_REQUIRED,
                        "the response is signed with the key " + signature.keyName() + ", which is not here"));
        if (!signature.verifies(key)) {
            throw new KmsException(SIGNATURE_REQUIRED, "the signature of the response does not hold");
        }
        return key;
    }

    private static KmsResponse read(Element element, KeyOpener keys) {
        ElementReader in = ElementReader.of(element);
        in.optional("TrK-ID");
        in.optional("Signature-ID");
        Optional<Element> message = in.optional("KmsMessage");
        Optional<Element> error = in.optional("KmsError");
        Optional<Element> ceks = in.extension(CekXml.NAMESPACE);
        if (Stream.of(message, error, ceks).filter(Optional::isPresent).count() != 1) {
            throw malformed("KmsResponse needs exactly one of KmsMessage, KmsError and CekList");
        }
        String userUri = in.trimmed(USER_URI);
        String kmsUri = in.trimmed(KMS_URI);
        Instant time = Lexical.dateTime(in.trimmed("Time"), "Time");
        Optional<String> kmsId = in.optionalText("KmsId");
        String clientReqUrl = in.trimmed("ClientReqUrl");
        in.finish();
        KmsAnswer answer = error.<KmsAnswer>map(KmsResponseCodec::error)
                .or(() -> ceks.map(list -> CekListXml.read(list, keys)))
                .orElseGet(() -> MessageXml.read(message.get(), keys));
        try {
            return new KmsResponse(userUri, kmsUri, time, kmsId, clientReqUrl, answer);
        } catch (RuntimeException e) {
            MessageXml.wipe(answer);
            throw e;
        }
    }

    private static KmsError error(Element element) {
        ErrorXml error = ErrorXml.read(element);
        return new KmsError(error.code(), error.message());
    }
}
