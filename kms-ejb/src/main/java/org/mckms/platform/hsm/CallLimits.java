package org.mckms.platform.hsm;

import java.time.Duration;

/**
 * Time limits of one open token.
 *
 * @param call           of a call, from its acceptance to its answer
 * @param administrative of opening the token, of loading its keys and of making one: many calls of the library each
 * @param probe          of a probe; two of them fit into the time after which a token counts as lost
 * @param stuck          a call that has been in its thread for longer is taken never to come back
 */
record CallLimits(Duration call, Duration administrative, Duration probe, Duration stuck) {

    /** Eight seconds with the default for a call. */
    private static final int ADMINISTRATIVE_CALLS = 10;

    static CallLimits of(HsmSettings settings) {
        Duration call = settings.timeout();
        Duration lossAfter = settings.recovery().lossAfter();
        Duration half = lossAfter.dividedBy(2);
        return new CallLimits(
                call,
                call.multipliedBy(ADMINISTRATIVE_CALLS),
                call.compareTo(half) < 0 ? call : half,
                call.plus(lossAfter));
    }
}
