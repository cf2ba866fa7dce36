package org.mckms.protocol.cms;

import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;

import org.mckms.mikeysakke.MikeySakkeException;
import org.mckms.protocol.error.KmsException;

/** Turns what an ASN.1 parser throws at malformed input, checked or not, into one refusal. */
public final class AsnFaults {
    private AsnFaults() {}

    /** A step that reads received octets. */
    public interface Step<T> {
        T run() throws Exception;
    }

    /**
     * Runs the step.
     *
     * @throws KmsException its own, or MALFORMED_REQUEST for every other exception
     */
    public static <T> T asMalformed(Step<T> step) {
        try {
            return step.run();
        } catch (KmsException e) {
            throw e;
        } catch (MikeySakkeException e) {
            throw new KmsException(MALFORMED_REQUEST, e.getMessage(), e);
        } catch (Exception e) {
            throw new KmsException(MALFORMED_REQUEST, "the file is not what it should be", e);
        }
    }
}
