package org.mckms.fuzz;

import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.mckms.protocol.codec.KmsRequestCodec;
import org.mckms.protocol.codec.ReceivedRequest;
import org.mckms.protocol.codec.RequestLeniency;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsRequest;
import org.mckms.protocol.security.MessageSignature;
import org.mckms.protocol.security.NamedKey;

/**
 * The body of a request. A signature that verifies is one of a message that was signed in the corpus; a request that was read
 * can be written and read again.
 */
public final class RequestTarget implements Target {
    private static final NamedKey INTEGRITY_KEY = Keys.clientKeys().signingKey();
    private static final RequestTarget TARGET = new RequestTarget();

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        TARGET.accepts(input);
    }

    @Override
    public boolean accepts(byte[] input) {
        boolean accepted = false;
        for (RequestLeniency leniency : RequestLeniency.values()) {
            accepted |= accepts(input, leniency);
        }
        return accepted;
    }

    private static boolean accepts(byte[] input, RequestLeniency leniency) {
        ReceivedRequest received;
        try {
            received = KmsRequestCodec.read(input, leniency);
        } catch (KmsException e) {
            return false;
        }
        KmsRequest request = received.request();
        Optional<MessageSignature> signature = received.signature();
        if (signature.isPresent() && signature.get().verifies(INTEGRITY_KEY)) {
            Target.require(SignedMessages.KNOWN.contains(signature.get().fingerprint()), "a forged request verifies");
        }
        if (request.krrList().isEmpty()) {
            KmsRequest again = KmsRequestCodec.read(KmsRequestCodec.encodeSigned(request, INTEGRITY_KEY), leniency)
                    .request();
            Target.require(
                    again.userUri().equals(request.userUri())
                            && again.kmsUri().equals(request.kmsUri())
                            && again.clientReqUrl().equals(request.clientReqUrl())
                            && again.extension().equals(request.extension())
                            && again.time().equals(request.time().truncatedTo(ChronoUnit.MILLIS)),
                    "a request changes when it is written and read again");
        }
        return true;
    }
}
