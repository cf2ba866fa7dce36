package org.mckms.fuzz;

import org.mckms.protocol.codec.KmsResponseCodec;
import org.mckms.protocol.codec.ReceivedResponse;
import org.mckms.protocol.codec.ReceivingKeys;
import org.mckms.protocol.codec.WireRelease;
import org.mckms.protocol.error.KmsException;

/** The answer of a KMS as its client reads it. What comes out as signed is a message that was signed in the corpus. */
public final class ResponseTarget implements Target {
    private static final ReceivingKeys KEYS = ReceivingKeys.of(Keys.clientKeys());
    private static final ResponseTarget TARGET = new ResponseTarget();

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        TARGET.accepts(input);
    }

    @Override
    public boolean accepts(byte[] input) {
        boolean accepted = false;
        for (WireRelease release : WireRelease.values()) {
            try (ReceivedResponse received = KmsResponseCodec.read(input, KEYS, release)) {
                received.signature()
                        .ifPresent(signature -> Target.require(
                                SignedMessages.KNOWN.contains(signature.fingerprint()), "a forged response verifies"));
                accepted = true;
            } catch (KmsException e) {
                // refused
            }
        }
        return accepted;
    }
}
