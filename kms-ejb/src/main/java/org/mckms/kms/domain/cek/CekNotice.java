package org.mckms.kms.domain.cek;

import static java.util.Objects.requireNonNull;

import org.mckms.mikeysakke.Octets;

/** That a user has a key in a state, told without the key: enough for the user to ask for it. */
public record CekNotice(String userUri, Octets keyId, long revision, CekState state) {

    public CekNotice {
        requireNonNull(userUri, "userUri");
        requireNonNull(keyId, "keyId");
        requireNonNull(state, "state");
    }
}
