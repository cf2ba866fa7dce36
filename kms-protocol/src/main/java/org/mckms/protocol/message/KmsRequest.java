package org.mckms.protocol.message;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.protocol.cek.RequestExtension;
import org.mckms.protocol.element.Checked;

/**
 * A KmsRequest (TS 33.180 clause D.2.2). Whether its values are true (this KMS, this address, a fresh time, the caller's
 * own URI) is for the receiver to check.
 *
 * @param userUri requesting user
 * @param kmsUri KMS addressed; deployed clients may leave the scheme out
 * @param time time of the request
 * @param clientReqUrl address that the request is sent to
 * @param krrList KMS redirect responses that the client hands on; only the resource redirect takes them
 * @param clientError an earlier failure that the client reports
 * @param trkId name of the TrK that the client holds, as table D.2.2-1 has it and the schema has not; never trusted
 * @param signatureId name of the key that signs, likewise
 * @param extension what is asked about CEKs
 * @throws InvalidValueException if a URI is empty, longer than 2048 characters or holds white space, or a text is longer
 *     than 1024 characters or cannot travel in XML
 */
public record KmsRequest(
        String userUri,
        String kmsUri,
        Instant time,
        Optional<String> clientId,
        Optional<String> deviceId,
        String clientReqUrl,
        List<KmsRedirectResponse> krrList,
        Optional<ClientError> clientError,
        Optional<String> trkId,
        Optional<String> signatureId,
        Optional<RequestExtension> extension) {
    public KmsRequest {
        Checked.uri(userUri, "UserUri");
        Checked.uri(kmsUri, "KmsUri");
        Checked.time(time, "Time");
        clientId.ifPresent(text -> Checked.text(text, "ClientId"));
        deviceId.ifPresent(text -> Checked.text(text, "DeviceId"));
        Checked.uri(clientReqUrl, "ClientReqUrl");
        krrList = List.copyOf(krrList);
        Objects.requireNonNull(clientError, "clientError");
        trkId.ifPresent(text -> Checked.text(text, "TrK-ID"));
        signatureId.ifPresent(text -> Checked.text(text, "Signature-ID"));
        Objects.requireNonNull(extension, "extension");
    }

    /** A request that asks nothing about CEKs. */
    public KmsRequest(
            String userUri,
            String kmsUri,
            Instant time,
            Optional<String> clientId,
            Optional<String> deviceId,
            String clientReqUrl,
            List<KmsRedirectResponse> krrList,
            Optional<ClientError> clientError,
            Optional<String> trkId,
            Optional<String> signatureId) {
        this(
                userUri,
                kmsUri,
                time,
                clientId,
                deviceId,
                clientReqUrl,
                krrList,
                clientError,
                trkId,
                signatureId,
                Optional.empty());
    }

    /** A request without KRRs and without key names. */
    public KmsRequest(
            String userUri,
            String kmsUri,
            Instant time,
            Optional<String> clientId,
            Optional<String> deviceId,
            String clientReqUrl,
            Optional<ClientError> clientError) {
        this(
                userUri,
                kmsUri,
                time,
                clientId,
                deviceId,
                clientReqUrl,
                List.of(),
                clientError,
                Optional.empty(),
                Optional.empty());
    }

    /** The same request with something asked about CEKs. */
    public KmsRequest with(RequestExtension asked) {
        return new KmsRequest(
                userUri,
                kmsUri,
                time,
                clientId,
                deviceId,
                clientReqUrl,
                krrList,
                clientError,
                trkId,
                signatureId,
                Optional.of(asked));
    }
}
