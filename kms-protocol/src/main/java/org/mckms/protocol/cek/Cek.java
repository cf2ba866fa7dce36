package org.mckms.protocol.cek;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.element.Checked;
import org.mckms.protocol.smime.ContentEncryptionKey;

/**
 * One CEK as the KMS tells it to a client or to a server. Closing it wipes the key; it prints without the key. Times travel in
 * whole seconds.
 *
 * @param keyId 16 octets, given by the KMS
 * @param revision number of this state of the key, from 1, only upward for one Key ID
 * @param userUri the user whose key it is; in what goes to a server, which has keys of many
 * @param peerUri the server that holds the same key
 * @param session the SIP session, if the client named one: 1 to 255 characters, neither white space nor control
 * @param status where it stands in its life
 * @param validFrom first second in which it may be used
 * @param validTo last second in which it may be used; absent: until the session ends
 * @param refreshAfter time after which the holder asks again
 * @param refreshAfterMessages number of sealed messages after which the holder asks again, from 1
 * @param key the key under the same Key ID, taken over unless this constructor throws; absent if and only if it is revoked
 * @throws InvalidValueException if a value is outside what is said here
 */
public record Cek(
        Octets keyId,
        long revision,
        Optional<String> userUri,
        String peerUri,
        Optional<String> session,
        CekStatus status,
        Instant validFrom,
        Optional<Instant> validTo,
        Optional<Instant> refreshAfter,
        OptionalLong refreshAfterMessages,
        Optional<ContentEncryptionKey> key)
        implements AutoCloseable {
    /** Longest reference to a session. */
    public static final int MAX_SESSION_CHARACTERS = 255;

    public Cek {
        CekChecks.keyId(keyId);
        CekChecks.revision(revision);
        userUri.ifPresent(uri -> Checked.uri(uri, "User"));
        Checked.uri(peerUri, "Peer");
        session.ifPresent(CekChecks::session);
        Objects.requireNonNull(status, "status");
        Checked.validity(Optional.of(validFrom), validTo);
        refreshAfter.ifPresent(time -> Checked.time(time, "RefreshAfter"));
        if (refreshAfterMessages.isPresent() && refreshAfterMessages.getAsLong() < 1) {
            throw new InvalidValueException("RefreshAfterMessages is at least 1");
        }
        if (key.isEmpty() != (status == CekStatus.REVOKED)) {
            throw new InvalidValueException("a CEK that is " + status.wireName()
                    + (key.isEmpty() ? " comes with its key" : " comes without its key"));
        }
        key.ifPresent(present -> requireSame(keyId, present));
    }

    private static void requireSame(Octets keyId, ContentEncryptionKey key) {
        if (!key.keyId().equals(keyId)) {
            throw new InvalidValueException("the Key ID " + keyId.toHex() + " stands over the key of "
                    + key.keyId().toHex());
        }
    }

    @Override
    public void close() {
        key.ifPresent(ContentEncryptionKey::close);
    }
}
