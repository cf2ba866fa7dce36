package org.mckms.protocol.codec;

import java.util.Objects;
import java.util.Optional;
import org.mckms.protocol.security.NamedKey;

/**
 * How an answer is protected (TS 33.180 clause D.3.5.2). Owns its keys: closing it wipes them.
 *
 * @param wrapWith TrK under which the keys in the answer are wrapped; without it they are plain
 * @param signWith InK or TrK that signs the answer; without it the answer is not signed
 */
public record ResponseProtection(Optional<NamedKey> wrapWith, Optional<NamedKey> signWith) implements AutoCloseable {
    /** Plain keys, no signature. */
    public static final ResponseProtection NONE = new ResponseProtection(Optional.empty(), Optional.empty());

    public ResponseProtection {
        Objects.requireNonNull(wrapWith, "wrapWith");
        Objects.requireNonNull(signWith, "signWith");
    }

    @Override
    public void close() {
        wrapWith.ifPresent(NamedKey::close);
        signWith.ifPresent(NamedKey::close);
    }
}
