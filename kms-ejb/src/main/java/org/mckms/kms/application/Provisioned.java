package org.mckms.kms.application;

import static java.util.Objects.requireNonNull;

import org.mckms.protocol.codec.WireDialect;
import org.mckms.protocol.message.KmsResponse;

/** A response that carries private keys, and the dialect to write it in. Closing it wipes the keys. */
public final class Provisioned implements AutoCloseable {

    private final KmsResponse response;
    private final WireDialect dialect;

    Provisioned(KmsResponse response, WireDialect dialect) {
        this.response = requireNonNull(response, "response");
        this.dialect = requireNonNull(dialect, "dialect");
    }

    /** Usable until {@link #close()}. */
    public KmsResponse response() {
        return response;
    }

    public WireDialect dialect() {
        return dialect;
    }

    @Override
    public void close() {
        response.close();
    }

    @Override
    public String toString() {
        return "Provisioned[" + response.userUri() + ", keys hidden]";
    }
}
