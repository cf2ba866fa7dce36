package org.mckms.protocol.codec;

import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;
import static org.mckms.protocol.error.KmsErrorCode.SIGNATURE_REQUIRED;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mckms.mikeysakke.MikeySakkeException;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.ClientError;
import org.mckms.protocol.message.KmsRequest;
import org.mckms.protocol.security.NamedKey;
import org.mckms.protocol.security.SignatureReader;
import org.mckms.protocol.xml.HardenedXml;

/**
 * The body of a request: KmsRequest or SignedKmsRequest (TS 33.180 clause D.2.2). Written in the order of the schema; read in any order,
 * since the table of the clause and the schema differ in it. Elements of other namespaces are passed over, but for the one
 * element about CEKs that there may be.
 */
public final class KmsRequestCodec {
    private static final String VERSION = "1.1.0";
    private static final String REQUEST = "KmsRequest";
    private static final String TRK_ID = "TrK-ID";
    private static final String SIGNATURE_ID = "Signature-ID";

    private KmsRequestCodec() {}

    /** Writes a request: schema-valid, UTF-8, no white space between elements, time in whole seconds. */
    public static byte[] encode(KmsRequest request) {
        return encode(request, Optional.empty());
    }

    /**
     * Writes a SignedKmsRequest, signed with the InK or, without one, the TrK. Its time has milliseconds, so that two
     * requests of one second differ: a receiver refuses the same one twice.
     */
    public static byte[] encodeSigned(KmsRequest request, NamedKey signingKey) {
        return encode(request, Optional.of(signingKey));
    }

    private static byte[] encode(KmsRequest request, Optional<NamedKey> signingKey) {
        return SignatureXml.document(REQUEST, WireDialect.STANDARD, prefixes(request), signingKey, out -> {
            out.attribute("Version", VERSION).text("UserUri", request.userUri()).text("KmsUri", request.kmsUri());
            if (signingKey.isPresent()) {
                out.preciseTime("Time", request.time());
            } else {
                out.time("Time", request.time());
            }
            out.text("ClientId", request.clientId())
                    .text("DeviceId", request.deviceId())
                    .text("ClientReqUrl", request.clientReqUrl());
            KmsRedirectResponseCodec.writeList(out, request.krrList());
            request.clientError()
                    .ifPresent(error -> new ErrorXml(error.code(), error.message()).write(out, "ClientError"));
            request.extension().ifPresent(extension -> RequestExtensionXml.write(out, extension));
            out.text(TRK_ID, request.trkId()).text(SIGNATURE_ID, request.signatureId());
        });
    }

    private static Map<String, String> prefixes(KmsRequest request) {
        return request.krrList().isEmpty() ? Map.of() : KmsRedirectResponseCodec.prefixes();
    }

    /**
     * Reads a request of a stranger. The attribute Version is not looked at, and a time without zone is taken as UTC.
     * TrK-ID and Signature-ID, which the table of clause D.2.2 has and the schema has not, are read and mean nothing: the
     * key that signs is the one that the signature names.
     *
     * @throws KmsException MALFORMED_REQUEST or BODY_TOO_LARGE, with one sentence for the sender; SIGNATURE_REQUIRED if a
     *     signature is missing where one belongs or breaks a rule of {@link SignatureReader}. Whether it holds is not looked
     *     at: see {@link ReceivedRequest#signature()}
     */
    public static ReceivedRequest read(byte[] octets, RequestLeniency leniency) {
        Envelope envelope = Envelope.open(HardenedXml.parse(octets), REQUEST, leniency == RequestLeniency.REL13);
        if (envelope.wrapped() && envelope.signature().isEmpty()) {
            throw new KmsException(SIGNATURE_REQUIRED, "the SignedKmsRequest has no Signature");
        }
        try {
            return new ReceivedRequest(read(ElementReader.of(envelope.message())), envelope.signature());
        } catch (MikeySakkeException e) {
            throw new KmsException(MALFORMED_REQUEST, e.getMessage(), e);
        }
    }

    private static KmsRequest read(ElementReader in) {
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
                in.optional("KrrList").map(KmsRedirectResponseCodec::readList).orElse(List.of()),
                clientError,
                in.optionalTrimmed(TRK_ID),
                in.optionalTrimmed(SIGNATURE_ID),
                in.extension(CekXml.NAMESPACE).map(RequestExtensionXml::read));
        in.finish();
        return request;
    }
}
