package org.mckms.gms.domain.regroup;

import static java.util.Objects.requireNonNull;

/**
 * What came of a message to the GMS of a partner.
 *
 * @param why one sentence without secrets; empty for {@link Kind#TAKEN}
 */
public record PartnerAnswer(Kind kind, String why) {

    /** How to go on. */
    public enum Kind {
        /** The partner took it. */
        TAKEN,
        /** The partner refused it, and will refuse it again. */
        REFUSED,
        /** No answer, garbage, or a partner that cannot serve now: worth another attempt. */
        NOT_NOW
    }

    public PartnerAnswer {
        requireNonNull(kind, "kind");
        requireNonNull(why, "why");
    }

    public static PartnerAnswer taken() {
        return new PartnerAnswer(Kind.TAKEN, "");
    }

    public static PartnerAnswer refused(String why) {
        return new PartnerAnswer(Kind.REFUSED, why);
    }

    public static PartnerAnswer notNow(String why) {
        return new PartnerAnswer(Kind.NOT_NOW, why);
    }
}
