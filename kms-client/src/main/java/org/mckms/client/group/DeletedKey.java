package org.mckms.client.group;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.mckms.mikeysakke.HmacSha256;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.secret.SecretOctets;

/**
 * What stays of a key that was deleted, so that no message brings it back.
 *
 * @param keyId its identifier
 * @param revoked whether neither key nor identifier may be used again, ever; else the key's life was over, or its groups left
 * @param check tells the same key from another one with its identifier, 16 octets
 * @param message the last one about this key; an older one counts no more
 */
record DeletedKey(KeyIdentifier keyId, boolean revoked, Octets check, GroupKeyDetails.Origin message) {
    static final int CHECK_OCTETS = 16;

    private static final byte[] CHECK_LABEL = "mckms group key, check".getBytes(StandardCharsets.US_ASCII);

    static DeletedKey of(GroupKey key) {
        return new DeletedKey(
                key.details().keyId(), false, checkOf(key.key()), key.details().message());
    }

    static DeletedKey revoked(KeyIdentifier keyId, SecretOctets key, GroupKeyDetails.Origin message) {
        return new DeletedKey(keyId, true, checkOf(key), message);
    }

    static Octets checkOf(SecretOctets key) {
        return key.use(
                octets -> Octets.copyOf(HmacSha256.of(octets, CHECK_LABEL)).slice(0, CHECK_OCTETS));
    }

    /** Whether every message about the key is too old by now. */
    boolean isForgettableAt(Instant time) {
        return !revoked && time.isAfter(message.usableUntil());
    }
}
