package org.mckms.kms.domain.cek;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalLong;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.protocol.cek.Cek;
import org.mckms.protocol.cek.CekStatus;
import org.mckms.protocol.smime.ContentEncryptionKey;

/** A content encryption key with its octets, unless it has ended. Closing wipes them. */
public final class OpenedCek implements AutoCloseable {

    private final CekRecord record;
    private final Optional<SecretOctets> key;

    /** @param key owned by this object from now on */
    OpenedCek(CekRecord record, Optional<SecretOctets> key) {
        this.record = requireNonNull(record, "record");
        this.key = requireNonNull(key, "key");
    }

    /** One that has ended, and so has no octets. */
    public static OpenedCek ended(CekRecord record) {
        if (record.state() != CekState.ENDED) {
            throw new IllegalArgumentException("CEK " + record.id() + " has not ended");
        }
        return new OpenedCek(record, Optional.empty());
    }

    public CekRecord record() {
        return record;
    }

    /**
     * As it travels; a copy of the octets goes with it, which the receiver closes.
     *
     * @param addressee whose answer it goes into: the URI of the user is named to everybody but the user itself
     */
    public Cek to(String addressee, CekPolicy policy) {
        String user = record.scope().userUri();
        Optional<String> userUri = user.equals(addressee) ? Optional.empty() : Optional.of(user);
        boolean live = record.state().isLive();
        return new Cek(
                record.keyId(),
                record.revision(),
                userUri,
                record.scope().serverUri(),
                record.scope().session(),
                status(record.state()),
                record.createdAt(),
                Optional.of(record.validTo()),
                live ? Optional.of(record.refreshAfter()) : Optional.empty(),
                live ? OptionalLong.of(policy.renewAfterMessages()) : OptionalLong.empty(),
                key.map(octets -> new ContentEncryptionKey(record.keyId(), octets.use(SecretOctets::copyOf))));
    }

    private static CekStatus status(CekState state) {
        return switch (state) {
            case PENDING -> CekStatus.PENDING;
            case ACTIVE -> CekStatus.ACTIVE;
            case RETIRING -> CekStatus.RETIRING;
            case ENDED -> CekStatus.REVOKED;
        };
    }

    @Override
    public void close() {
        key.ifPresent(SecretOctets::close);
    }

    @Override
    public String toString() {
        return "OpenedCek[" + record.id() + ", " + record.state() + ", key hidden]";
    }
}
