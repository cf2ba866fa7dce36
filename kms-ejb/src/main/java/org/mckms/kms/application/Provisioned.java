package org.mckms.kms.application;

import static java.util.Objects.requireNonNull;

import org.mckms.protocol.codec.WireDialect;
import org.mckms.protocol.message.KmsKeyProv;
import org.mckms.protocol.message.KmsKeySet;
import org.mckms.protocol.message.KmsResponse;

/** A response that carries private keys, and the dialect to write it in. Closing it wipes the keys. */
public final class Provisioned implements AutoCloseable {

    private final KmsResponse response;
    private final WireDialect dialect;
    private final KmsKeyProv keys;

    Provisioned(KmsResponse response, WireDialect dialect, KmsKeyProv keys) {
        this.response = requireNonNull(response, "response");
        this.dialect = requireNonNull(dialect, "dialect");
        this.keys = requireNonNull(keys, "keys");
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
        keys.keySets().forEach(KmsKeySet::close);
    }

    @Override
    public String toString() {
        return "Provisioned[" + keys.keySets().size() + " key sets, hidden]";
    }
}
