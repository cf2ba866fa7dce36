package org.mckms.protocol.group;

import org.mckms.protocol.codec.ElementReader;
import org.mckms.protocol.codec.Lexical;

/** Names of elements that more than one message of a regroup has. */
final class RegroupNames {
    static final String REGROUP_ID = "RegroupId";
    static final String GENERATION = "Generation";
    static final String TEMPORARY_GROUP = "TemporaryGroup";
    static final String PRIMARY_GMS = "PrimaryGms";
    static final String PARTNER_GMS = "PartnerGms";

    private RegroupNames() {}

    /** The generation that a message names. */
    static long generation(ElementReader content) {
        return Lexical.integer(content.trimmed(GENERATION), GENERATION, 1, Long.MAX_VALUE);
    }
}
