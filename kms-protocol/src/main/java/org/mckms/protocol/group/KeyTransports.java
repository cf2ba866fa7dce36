package org.mckms.protocol.group;

import java.util.List;

/**
 * The payloads for one use, GMK or MKFC (singleTypeGKTPsType of TS 24.481).
 *
 * @param direct payloads of groups that stand for themselves
 * @param regrouped payloads of temporary groups
 */
public record KeyTransports(List<Gktp> direct, List<RegroupedTransports> regrouped) {
    public KeyTransports {
        direct = List.copyOf(direct);
        regrouped = List.copyOf(regrouped);
    }

    /** Payloads of groups that stand for themselves only. */
    public static KeyTransports of(List<Gktp> direct) {
        return new KeyTransports(direct, List.of());
    }

    /** Payloads of one temporary group only. */
    public static KeyTransports of(RegroupedTransports regrouped) {
        return new KeyTransports(List.of(), List.of(regrouped));
    }

    /** The number of payloads, those of temporary groups counted. */
    public int size() {
        return regrouped.stream().mapToInt(group -> group.transports().size()).reduce(direct.size(), Math::addExact);
    }
}
