package org.mckms.mikeysakke.mikey;

import java.util.Optional;

/** CS ID: what a crypto session is for (TS 33.180 table E.1.3-1). It enters the derivation of the session's keys. */
public enum CryptoSessionId {
    /** MCPTT private call, initiator. */
    MCPTT_PRIVATE_INITIATOR,
    /** MCPTT private call, responder. */
    MCPTT_PRIVATE_RESPONDER,
    /** MCVideo private call, initiator. */
    MCVIDEO_PRIVATE_INITIATOR,
    /** MCVideo private call, responder. */
    MCVIDEO_PRIVATE_RESPONDER,
    /** MCPTT group. */
    MCPTT_GROUP,
    /** MCVideo group. */
    MCVIDEO_GROUP,
    /** CSK, SRTCP for MCPTT. */
    MCPTT_CSK,
    /** MuSiK, SRTCP for MCPTT. */
    MCPTT_MUSIK,
    /** CSK, SRTCP for MCVideo. */
    MCVIDEO_CSK,
    /** MuSiK, SRTCP for MCVideo. */
    MCVIDEO_MUSIK;

    /** The octet in the message, 0..9. */
    public int csId() {
        return ordinal();
    }

    /** The entry of the table with this number, if there is one. */
    public static Optional<CryptoSessionId> of(int csId) {
        return csId >= 0 && csId < values().length ? Optional.of(values()[csId]) : Optional.empty();
    }

    boolean isGroup() {
        return this == MCPTT_GROUP || this == MCVIDEO_GROUP;
    }
}
