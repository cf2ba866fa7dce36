package org.mckms.kms.domain.cek;

/** What is done where the renewal of the key of a scope is asked for. */
public enum CekRenewal {
    /** There is none: the first one is made. */
    MAKE,
    /** It was renewed or prolonged a moment ago, and the server does not know yet: it is given as it is. */
    GIVE,
    /** It is young: the same key gets a longer life. */
    PROLONG,
    /** Another key is made, which takes its place once the server has it. */
    REPLACE
}
