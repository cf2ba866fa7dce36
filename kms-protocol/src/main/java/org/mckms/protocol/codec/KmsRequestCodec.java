package org.mckms.protocol.codec;

import static org.mckms.protocol.codec.ElementReader.malformed;
import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;

import java.util.Optional;
import org.mckms.mikeysakke.MikeySakkeException;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.ClientError;
import org.mckms.protocol.message.KmsRequest;
import org.mckms.protocol.xml.HardenedXml;
import org.w3c.dom.Element;

/**
 * The body of a request: KmsRequest (TS 33.180 clause D.2.2). Written in the order of the schema; read in any order,
 * since the table of the clause and the schema differ in it.
 */
public final class KmsRequestCodec {
    private static final String VERSION = "1.1.0";
    private static final String ID = "xmldoc";

    private KmsRequestCodec() {}

    /** Writes a request: schema-valid, UTF-8, no white space between elements, time in whole seconds. */
    public static byte[] encode(KmsRequest request) {
        return XmlWriter.document("KmsRequest", out -> {
            out.attribute("Id", ID)
                    .attribute("Version", VERSION)
                    .text("UserUri", request.userUri())
                    .text("KmsUri", request.kmsUri())
                    .time("Time", request.time())
                    .text("ClientId", request.clientId())
                    .text("DeviceId", request.deviceId())
                    .text("ClientReqUrl", request.clientReqUrl());
            request.clientError()
                    .ifPresent(error -> new ErrorXml(error.code(), error.message()).write(out, "ClientError"));
        });
    }

    /**
     * Reads a request of a stranger. The attributes Id and Version are not looked at, a time without zone is taken as
     * UTC, and TrK-ID and Signature-ID are passed over: the table of clause D.2.2 has them, the schema does not. A
     * SignedKmsRequest is refused, since its signature could not be verified and must not be taken for verified; so is a
     * KrrList, which belongs to the resource redirect.
     *
     * @throws KmsException MALFORMED_REQUEST or BODY_TOO_LARGE, with one sentence for the sender
     */
    public static KmsRequest decode(byte[] octets) {
        Element root = HardenedXml.parse(octets).getDocumentElement();
        if (ElementReader.isKms(root, "SignedKmsRequest")) {
            throw malformed("signed requests are not served yet; send the KmsRequest without signature");
        }
        if (!ElementReader.isKms(root, "KmsRequest")) {
            throw malformed("the root element is not a KmsRequest of the KMS interface");
        }
        try {
            return read(ElementReader.of(root));
        } catch (MikeySakkeException e) {
            throw new KmsException(MALFORMED_REQUEST, e.getMessage(), e);
        }
    }

    private static KmsRequest read(ElementReader in) {
        if (in.optional("KrrList").isPresent()) {
            throw malformed("a KrrList belongs to the resource redirect only");
        }
        in.optional("TrK-ID");
        in.optional("Signature-ID");
        Optional<ClientError> clientError = in.optional("ClientError")
                .map(ErrorXml::read)
                .map(error -> new ClientError(error.code(), error.message()));
        KmsRequest request = new KmsRequest(
                in.trimmed("UserUri"),
                in.trimmed("KmsUri"),
                Lexical.dateTime(in.trimmed("Time"), "Time"),
                in.optionalText("ClientId"),
                in.optionalText("DeviceId"),
                in.trimmed("ClientReqUrl"),
                clientError);
        in.finish();
        return request;
    }
}
