package org.mckms.admin;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.Optional;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/**
 * The one map from an error to what an operator sees of it. Operators may read the text of every known error, faults
 * included, since they have to act on them; of what was not foreseen only the request id leaves the server.
 */
record AdminError(KmsErrorCode code, String message, String requestId) {

    private static final int MAX_CHARACTERS = 1024;
    private static final int MAX_CAUSES = 16;
    private static final String INTERNAL_TEXT = "internal error";

    /** Maps whatever was thrown; anything but a KmsException, wrapped or not, is INTERNAL. */
    static AdminError of(Throwable thrown, String requestId) {
        Optional<KmsException> known = kmsException(thrown);
        if (known.isEmpty() || known.get().code() == KmsErrorCode.INTERNAL) {
            return internal(requestId);
        }
        return new AdminError(known.get().code(), printable(known.get().getMessage()), requestId);
    }

    /** What the JAX-RS implementation refuses by itself, by its HTTP status; empty for a status it should not give. */
    static Optional<AdminError> ofStatus(int status, String requestId) {
        return switch (status) {
            case 400 -> Optional.of(new AdminError(KmsErrorCode.MALFORMED_REQUEST, "malformed request", requestId));
            case 404 -> Optional.of(new AdminError(KmsErrorCode.NOT_FOUND, "there is no such resource", requestId));
            case 405 ->
                Optional.of(
                        new AdminError(KmsErrorCode.METHOD_NOT_ALLOWED, "the resource has not this method", requestId));
            case 406 ->
                Optional.of(
                        new AdminError(KmsErrorCode.NOT_ACCEPTABLE, "the answer has none of these types", requestId));
            case 415 ->
                Optional.of(new AdminError(
                        KmsErrorCode.UNSUPPORTED_MEDIA_TYPE, "the body must be application/json", requestId));
            default -> Optional.empty();
        };
    }

    /** Something that was not foreseen. */
    static AdminError internal(String requestId) {
        return new AdminError(KmsErrorCode.INTERNAL, INTERNAL_TEXT, requestId);
    }

    /** The KmsException in a chain of causes: the container wraps what a use case throws. */
    static Optional<KmsException> kmsException(Throwable thrown) {
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
    int status() {
        return code.httpStatus();
    }

    /** The body. */
    JsonObject json() {
        return Json.createObjectBuilder()
                .add(
                        "error",
                        Json.createObjectBuilder()
                                .add("code", code.code())
                                .add("name", code.name())
                                .add("message", message)
                                .add("requestId", requestId))
                .build();
    }

    private static String printable(String text) {
        String oneLine = text.replaceAll("\\p{Cntrl}", "?");
        return oneLine.length() > MAX_CHARACTERS ? oneLine.substring(0, MAX_CHARACTERS) : oneLine;
    }
}
