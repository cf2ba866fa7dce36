package org.mckms.fuzz;

import java.util.Set;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.codec.KmsRequestCodec;
import org.mckms.protocol.codec.KmsResponseCodec;
import org.mckms.protocol.codec.ReceivedResponse;
import org.mckms.protocol.codec.ReceivingKeys;
import org.mckms.protocol.codec.RequestLeniency;

/** The messages in the corpora that were signed with the key there; nobody can make another one that verifies. */
final class SignedMessages {
    static final Set<Octets> KNOWN = Set.of(request(), response());

    private SignedMessages() {}

    private static Octets request() {
        return KmsRequestCodec.read(Keys.resource("signed-kms-request.xml"), RequestLeniency.STANDARD)
                .signature()
                .orElseThrow()
                .fingerprint();
    }

    private static Octets response() {
        try (ReceivedResponse response =
                KmsResponseCodec.read(Keys.resource("signed-kms-response.xml"), ReceivingKeys.of(Keys.clientKeys()))) {
            return response.signature().orElseThrow().fingerprint();
        }
    }
}
