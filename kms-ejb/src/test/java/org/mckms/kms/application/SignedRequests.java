package org.mckms.kms.application;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.codec.KmsRequestCodec;
import org.mckms.protocol.message.ClientError;
import org.mckms.protocol.message.KmsRequest;
import org.mckms.protocol.security.NamedKey;

/** Bodies of requests as a client writes them. */
final class SignedRequests {

    private SignedRequests() {}

    static KmsRequest request(String userUri, Instant time, String url) {
        return request(userUri, time, url, Optional.empty(), Optional.empty());
    }

    static KmsRequest request(
            String userUri, Instant time, String url, Optional<String> device, Optional<ClientError> error) {
        return new KmsRequest(
                userUri,
                ServerRig.KMS_URI,
                time,
                Optional.empty(),
                device,
                url,
                List.of(),
                error,
                Optional.empty(),
                Optional.empty());
    }

    static Octets signed(KmsRequest request, NamedKey key) {
        return Octets.copyOf(KmsRequestCodec.encodeSigned(request, key));
    }

    static Octets plain(KmsRequest request) {
        return Octets.copyOf(KmsRequestCodec.encode(request));
    }
}
