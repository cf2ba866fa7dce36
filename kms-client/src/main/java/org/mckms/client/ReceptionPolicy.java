package org.mckms.client;

import java.time.Duration;
import org.mckms.mikeysakke.identity.IdentityEncoding;

/**
 * What a client takes from a KMS and how long it keeps it.
 *
 * @param plainAllowed whether unsigned answers and keys in clear are taken while the client has no TrK; with a TrK they
 *     never are
 * @param answerAge how far the Time of a signed answer may be from the client's clock
 * @param grace how long a key set is kept after its key period, for messages still on their way (TS 33.180 lets the
 *     client choose)
 * @param encoding how the UID enters ECCSI and SAKKE
 */
public record ReceptionPolicy(boolean plainAllowed, Duration answerAge, Duration grace, IdentityEncoding encoding) {
    /** Signed and wrapped only; 60 s; one hour; the 32 octets of the UID. */
    public static final ReceptionPolicy STANDARD =
            new ReceptionPolicy(false, Duration.ofSeconds(60), Duration.ofHours(1), IdentityEncoding.RAW);

    public ReceptionPolicy {
        if (answerAge.isNegative() || grace.isNegative()) {
            throw new IllegalArgumentException("the age of an answer and the grace are not negative");
        }
    }

    /** The same, but a client without TrK takes unsigned answers and keys in clear. For laboratories. */
    public ReceptionPolicy allowingPlain() {
        return new ReceptionPolicy(true, answerAge, grace, encoding);
    }

    public ReceptionPolicy withGrace(Duration other) {
        return new ReceptionPolicy(plainAllowed, answerAge, other, encoding);
    }

    public ReceptionPolicy withAnswerAge(Duration other) {
        return new ReceptionPolicy(plainAllowed, other, grace, encoding);
    }

    public ReceptionPolicy withEncoding(IdentityEncoding other) {
        return new ReceptionPolicy(plainAllowed, answerAge, grace, other);
    }
}
