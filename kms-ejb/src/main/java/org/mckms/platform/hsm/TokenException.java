package org.mckms.platform.hsm;

import java.util.Objects;

/** A token call failed. The message is one plain sentence for an operator and holds no secret. */
public final class TokenException extends RuntimeException {

    private final TokenFault fault;

    public TokenException(TokenFault fault, String message) {
        super(message);
        this.fault = Objects.requireNonNull(fault, "fault");
    }

    public TokenException(TokenFault fault, String message, Throwable cause) {
        super(message, cause);
        this.fault = Objects.requireNonNull(fault, "fault");
    }

    public TokenFault fault() {
        return fault;
    }
}
