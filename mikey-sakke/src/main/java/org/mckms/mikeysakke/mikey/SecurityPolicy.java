package org.mckms.mikeysakke.mikey;

import java.util.List;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;

/**
 * SP payload (RFC 3830 clause 6.10) with protocol SRTP.
 *
 * @param number policy number, 0..255
 * @param parameters in their order
 */
public record SecurityPolicy(int number, List<Parameter> parameters) {
    /** The number of the only policy of the messages made here. */
    static final int NUMBER = 0;

    /** The policy of group media and floor control (TS 33.180 clause E.2.2). */
    static final SecurityPolicy GROUP = new SecurityPolicy(
            NUMBER,
            List.of(
                    Parameter.of(0, 6),
                    Parameter.of(1, 16),
                    Parameter.of(2, 4),
                    Parameter.of(4, 12),
                    Parameter.of(5, 0),
                    Parameter.of(6, 0),
                    Parameter.of(13, 1),
                    Parameter.of(18, 4),
                    Parameter.of(19, 0),
                    Parameter.of(20, 16)));

    /** The policy of private calls (clause E.3.2), used for SRTCP under a CSK or MuSiK too. */
    static final SecurityPolicy PRIVATE = new SecurityPolicy(
            NUMBER,
            List.of(
                    Parameter.of(0, 6),
                    Parameter.of(1, 16),
                    Parameter.of(4, 12),
                    Parameter.of(5, 0),
                    Parameter.of(6, 0),
                    Parameter.of(20, 16)));

    private static final int MAX_OCTETS = 0xFFFF;

    /**
     * Checks the ranges.
     *
     * @throws InvalidValueException if the number is out of range or the parameters together are too long
     */
    public SecurityPolicy {
        parameters = List.copyOf(parameters);
        if (number < 0 || number > 0xFF || size(parameters) > MAX_OCTETS) {
            throw new InvalidValueException("policy " + number + " with " + parameters.size() + " parameters");
        }
    }

    /** Octets of the parameters as they are encoded. */
    int size() {
        return size(parameters);
    }

    private static int size(List<Parameter> parameters) {
        return parameters.stream()
                .mapToInt(parameter -> 2 + parameter.value().size())
                .sum();
    }

    /**
     * One parameter of the policy.
     *
     * @param type 0..255 (RFC 3830 clause 6.10.1 and later registrations)
     * @param value up to 255 octets
     */
    public record Parameter(int type, Octets value) {
        /**
         * Checks the ranges.
         *
         * @throws InvalidValueException if the type is out of range or the value too long
         */
        public Parameter {
            if (type < 0 || type > 0xFF || value.size() > 0xFF) {
                throw new InvalidValueException("policy parameter " + type + " of " + value.size() + " octets");
            }
        }

        static Parameter of(int type, int value) {
            return new Parameter(type, Octets.copyOf(new byte[] {(byte) value}));
        }
    }
}
