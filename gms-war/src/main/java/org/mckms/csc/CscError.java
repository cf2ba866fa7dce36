package org.mckms.csc;

import java.util.Optional;
import org.mckms.protocol.error.ErrorFamily;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsError;

/**
 * The one map from an error to what a client of the CSC interfaces sees of it.
 *
 * <p>The sender's own mistakes and refusals keep their text. Of our faults only the kind and the request id leave the
 * server; the log has the rest.
 *
 * @param text for ErrorMsg, at most 1024 printable characters
 */
public record CscError(KmsErrorCode code, String text) {

    private static final int MAX_CHARACTERS = 1024;
    private static final int MAX_CAUSES = 16;

    /** Maps whatever was thrown; anything but a KmsException, wrapped or not, is INTERNAL. */
    public static CscError of(Throwable thrown, String requestId) {
        KmsErrorCode code = kmsException(thrown).map(KmsException::code).orElse(KmsErrorCode.INTERNAL);
        if (code.family() == ErrorFamily.FAULT) {
            return new CscError(code, faultText(code) + "; request id " + requestId);
        }
        return new CscError(
                code, printable(kmsException(thrown).map(Throwable::getMessage).orElse("")));
    }

    /** The KmsException in a chain of causes: the container wraps what a use case throws. */
    public static Optional<KmsException> kmsException(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (cause instanceof KmsException found) {
                return Optional.of(found);
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }

    /** The HTTP status. */
    public int status() {
        return code.httpStatus();
    }

    /** The body, for a caller who is known. */
    KmsError kmsError() {
        return new KmsError(code.code(), text);
    }

    /** The value of WWW-Authenticate (RFC 6750 clause 3) for errors that have one. */
    public Optional<String> challenge() {
        return switch (code) {
            case UNAUTHENTICATED -> Optional.of("Bearer error=\"invalid_token\"");
            case INSUFFICIENT_SCOPE -> Optional.of("Bearer error=\"insufficient_scope\"");
            case AMBIGUOUS_AUTHORIZATION -> Optional.of("Bearer error=\"invalid_request\"");
            default -> Optional.empty();
        };
    }

    private static String faultText(KmsErrorCode code) {
        return switch (code) {
            case HSM_UNAVAILABLE -> "the hardware security module is not available";
            case NOT_READY -> "the server is not ready";
            case DATABASE_UNAVAILABLE -> "the database is not available";
            case AUDIT_UNAVAILABLE -> "the audit trail is not available";
            default -> "internal error";
        };
    }

    private static String printable(String text) {
        String oneLine = text.replaceAll("[^\\x20-\\x7E]", "?");
        return oneLine.length() > MAX_CHARACTERS ? oneLine.substring(0, MAX_CHARACTERS) : oneLine;
    }
}
