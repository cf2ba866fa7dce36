package org.mckms.client.csk;

/**
 * Whose key it is: the pair that a server binds a CSK to (TS 33.180 clause 5.4).
 *
 * @param impu public user identity of SIP, as it was registered
 * @param userUri MC service user ID, as in the access token and the key sets
 */
public record CskBinding(String impu, String userUri) {
    public CskBinding {
        if (impu.isEmpty() || userUri.isEmpty()) {
            throw new IllegalArgumentException("a CSK belongs to a SIP identity and an MC service user");
        }
    }
}
