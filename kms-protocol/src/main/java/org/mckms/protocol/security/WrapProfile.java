package org.mckms.protocol.security;

/**
 * How keys are wrapped under a TrK. Annex D names AES key wrap of RFC 3394 for all of them, which cannot carry an RSK of 257
 * octets or a PVT of 65: systems solve that in their own ways.
 */
public enum WrapProfile {
    /** RFC 5649 for RSK and PVT under the algorithm URI of its own, RFC 3394 for keys of 32 octets; CipherValue in base64. */
    KWP,
    /** RFC 5649 for every key, labelled with the URI of RFC 3394; CipherValue in hex. */
    KWP_LABELLED_KW,
    /** RFC 3394 for every key; RSK and PVT go without their first octet, which is always 04. CipherValue in base64. */
    STRIP04
}
