package org.mckms.kms.application;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.mckms.kms.domain.OpenedClientKeys;
import org.mckms.protocol.codec.ResponseProtection;
import org.mckms.protocol.codec.WireDialect;
import org.mckms.protocol.security.ClientKeys;

/**
 * How the answer to one request is written. Until the caller's dialect and keys are known it is the plain form of TS
 * 33.180; from then on every answer has them, a refusal too. Whoever writes the answer makes it before the use case and
 * closes it after writing, which wipes the keys.
 */
public final class AnswerForm implements AutoCloseable {

    private WireDialect dialect = WireDialect.STANDARD;
    private Optional<ClientKeys> keys = Optional.empty();

    /** The dialect of the identity that is answered. */
    public WireDialect dialect() {
        return dialect;
    }

    /** Under what keys are wrapped and the answer is signed; valid until {@link #close}. */
    public ResponseProtection protection() {
        return new ResponseProtection(keys.map(ClientKeys::transportKey), keys.map(ClientKeys::signingKey));
    }

    /** Whether the keys of the caller's device are known. */
    public boolean isProtected() {
        return keys.isPresent();
    }

    void dialect(WireDialect known) {
        dialect = requireNonNull(known, "known");
    }

    /** Copies the active keys of a device, in place of those of before. */
    void protectWith(OpenedClientKeys device) {
        Optional<ClientKeys> copied = Optional.of(device.active().copy());
        close();
        keys = copied;
    }

    @Override
    public void close() {
        keys.ifPresent(ClientKeys::close);
        keys = Optional.empty();
    }
}
