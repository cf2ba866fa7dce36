package org.mckms.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.mckms.protocol.cek.RequestExtension;
import org.mckms.protocol.codec.KmsRequestCodec;
import org.mckms.protocol.message.KmsRequest;
import org.mckms.protocol.security.NamedKey;

/**
 * One registered client.
 *
 * @param userUri      whose keys it asks for
 * @param token        its access token
 * @param transportKey its TrK
 * @param integrityKey its InK
 */
record Device(String userUri, String token, NamedKey transportKey, NamedKey integrityKey) {

    /** A signed request for the keys of the current period, in HTTP. */
    byte[] request(LoadTarget target, Clock clock) {
        return request(target, plain(target, clock));
    }

    /** A signed request about content encryption keys, in HTTP. */
    byte[] request(LoadTarget target, Clock clock, RequestExtension extension) {
        return request(target, plain(target, clock).with(extension));
    }

    private KmsRequest plain(LoadTarget target, Clock clock) {
        return new KmsRequest(
                userUri,
                target.kmsUri(),
                Instant.now(clock),
                Optional.empty(),
                Optional.empty(),
                target.url(),
                Optional.empty());
    }

    private byte[] request(LoadTarget target, KmsRequest request) {
        byte[] body = KmsRequestCodec.encodeSigned(request, integrityKey);
        byte[] head = ("POST " + target.resource() + " HTTP/1.1\r\nHost: localhost:" + target.port()
                        + "\r\nAuthorization: Bearer " + token
                        + "\r\nContent-Type: application/xml\r\nAccept: application/xml\r\nContent-Length: "
                        + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] whole = new byte[head.length + body.length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(body, 0, whole, head.length, body.length);
        return whole;
    }

    @Override
    public String toString() {
        return "Device[" + userUri + "]";
    }
}
