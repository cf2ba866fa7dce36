package org.mckms.csc.cek;

import org.mckms.mikeysakke.Octets;

/** A resource of content encryption keys. */
sealed interface CekResource {

    /** The one method that the resource takes. */
    default String method() {
        return "POST";
    }

    /**
     * {@code {userUri}}: the present key of a user, or a new one.
     *
     * @param userUri decoded once
     */
    record Current(String userUri) implements CekResource {}

    /**
     * {@code {userUri}/renew}.
     *
     * @param userUri decoded once
     */
    record Renewal(String userUri) implements CekResource {}

    /** {@code list}: what a server pulls. */
    record Pull() implements CekResource {}

    /** {@code acknowledgements}: of what a server has pulled. */
    record Acknowledgements() implements CekResource {}

    /** {@code ends}: of keys, of a session, of all keys of a user. */
    record Ends() implements CekResource {}

    /**
     * {@code {keyId}}: one key.
     *
     * @param keyId 16 octets
     */
    record OneKey(Octets keyId) implements CekResource {
        @Override
        public String method() {
            return "DELETE";
        }
    }

    /** {@code events}: changes of the caller's keys as they happen. */
    record Events() implements CekResource {
        @Override
        public String method() {
            return "GET";
        }
    }
}
