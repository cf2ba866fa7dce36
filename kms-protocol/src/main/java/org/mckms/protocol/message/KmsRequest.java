package org.mckms.protocol.message;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.mckms.mikeysakke.InvalidValueException;

/**
 * A KmsRequest (TS 33.180 clause D.2.2). Whether its values are true (this KMS, this address, a fresh time, the caller's
 * own URI) is for the receiver to check.
 *
 * @param userUri requesting user
 * @param kmsUri KMS addressed; deployed clients may leave the scheme out
 * @param time time of the request
 * @param clientReqUrl address that the request is sent to
 * @param clientError an earlier failure that the client reports
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
        Optional<ClientError> clientError) {
    public KmsRequest {
        Checked.uri(userUri, "UserUri");
        Checked.uri(kmsUri, "KmsUri");
        Checked.time(time, "Time");
        clientId.ifPresent(text -> Checked.text(text, "ClientId"));
        deviceId.ifPresent(text -> Checked.text(text, "DeviceId"));
        Checked.uri(clientReqUrl, "ClientReqUrl");
        Objects.requireNonNull(clientError, "clientError");
    }
}
