package org.mckms.platform.delivery;

import java.time.Instant;
import java.util.Optional;

/**
 * How many deliveries have not arrived.
 *
 * @param waiting  due now or later, those included that were set aside
 * @param underWay claimed by a node
 * @param dead     given up
 * @param oldest   when the oldest of those that wait or are under way was put
 */
public record DeliveryCounts(long waiting, long underWay, long dead, Optional<Instant> oldest) {

    /** For the status of the server. */
    public String sentence() {
        String open = waiting + underWay == 0
                ? "no delivery waits"
                : waiting + " wait, " + underWay + " under way, the oldest since "
                        + oldest.map(Instant::toString).orElse("now");
        return dead == 0 ? open : open + "; " + dead + " given up, see kmsctl deliveries";
    }
}
