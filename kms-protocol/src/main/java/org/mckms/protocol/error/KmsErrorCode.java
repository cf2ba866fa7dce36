package org.mckms.protocol.error;

import java.util.Arrays;
import java.util.Optional;

/**
 * The registry of error codes. Annex D of TS 33.180 defines how an error travels (ErrorCode and ErrorMsg in a KmsError)
 * but no codes, so these are our own. A code never changes its meaning.
 */
public enum KmsErrorCode {
    /** The document is not XML, breaks a limit of the parser, or has the wrong structure. */
    MALFORMED_REQUEST(400, 400),
    /** Time in the request is outside the window. */
    STALE_TIME(400, 4001),
    /** More than one Authorization header. */
    AMBIGUOUS_AUTHORIZATION(400, 4002),
    /** KmsUri in the request is not this KMS. */
    KMS_URI_MISMATCH(400, 4003),
    /** ClientReqUrl in the request is not the address that the request was sent to. */
    CLIENT_REQ_URL_MISMATCH(400, 4004),
    /** The same signed request came before. */
    REPLAYED_REQUEST(400, 4005),
    /** A KMS certificate of a partner does not hold: a bad point, an impossible schedule, the wrong role. */
    INVALID_CERTIFICATE(400, 4006),
    /** A passphrase is too weak to seal keys with. */
    WEAK_PASSPHRASE(400, 4007),
    /** A sealed file does not open: wrong passphrase, wrong key, sealed for somebody else. */
    WRONG_RECIPIENT(400, 4008),
    /** No access token, or one that does not hold. */
    UNAUTHENTICATED(401, 401),
    /** The access token lacks the scope of the service it claims. */
    INSUFFICIENT_SCOPE(403, 4030),
    /** The caller asked for something of another identity. */
    FORBIDDEN_IDENTITY(403, 403),
    /** A signature is required and is missing or wrong, or of somebody else. */
    SIGNATURE_REQUIRED(403, 4031),
    /** Keys may only travel wrapped under a transport key, and there is none. */
    TRANSPORT_KEY_REQUIRED(403, 4032),
    /** The caller may not create groups. */
    NOT_GROUP_MANAGER(403, 4033),
    /** The identity is blocked. */
    IDENTITY_BLOCKED(403, 4034),
    /** The operator lacks the role for this act. */
    OPERATOR_ROLE_REQUIRED(403, 4035),
    /** The token refused the PIN. */
    INVALID_PIN(403, 4036),
    /** The keys of a registration file were not used before its end. */
    REGISTRATION_EXPIRED(403, 4037),
    /** An identity or an address is asserted by somebody who is no configured proxy. */
    UNTRUSTED_PROXY(403, 4038),
    /** The address for notifications is not one that this server calls. */
    CALLBACK_REFUSED(403, 4039),
    /** No such resource, certificate, epoch or identity. */
    NOT_FOUND(404, 404),
    /** The resource exists but not for this HTTP method. */
    METHOD_NOT_ALLOWED(405, 405),
    /** None of the accepted media types can be served. */
    NOT_ACCEPTABLE(406, 406),
    /** The key period asked for lies outside the served window. */
    KEY_PERIOD_UNAVAILABLE(409, 409),
    /** The act contradicts the present state, for example a second epoch of the same name. */
    CONFLICT(409, 4091),
    /** The act needs a second officer, who has not confirmed it yet. */
    SECOND_OFFICER_REQUIRED(409, 4092),
    /** The result of a job is asked for before the job has ended. */
    JOB_NOT_FINISHED(409, 4093),
    /** A key message of a partner fails one of its checks. */
    KEY_MESSAGE_REFUSED(409, 4094),
    /** The user has as many content encryption keys as it may. */
    TOO_MANY_KEYS(409, 4095),
    /** The body is larger than the limit. */
    BODY_TOO_LARGE(413, 413),
    /** The request URI is longer than the limit. */
    URI_TOO_LONG(414, 414),
    /** The body has a media type that is not read here. */
    UNSUPPORTED_MEDIA_TYPE(415, 415),
    /** A fault of our own; the detail is in the server's log only. */
    INTERNAL(500, 500),
    /** Computed keys failed the check before release; nothing was released. */
    SELF_CHECK_FAILED(500, 5001),
    /** A setting is missing or wrong. */
    CONFIGURATION(500, 5002),
    /** The HSM or its token cannot be used now. */
    HSM_UNAVAILABLE(503, 5031),
    /** The server is up but not activated, or has no epoch. */
    NOT_READY(503, 5032),
    /** The database cannot be used now. */
    DATABASE_UNAVAILABLE(503, 5033),
    /** The audit trail cannot be written, so nothing is released. */
    AUDIT_UNAVAILABLE(503, 5034),
    /** The folder of pre-provisioning bundles cannot be used now. */
    BUNDLE_STORE_UNAVAILABLE(503, 5035);

    private final int httpStatus;
    private final int code;

    KmsErrorCode(int httpStatus, int code) {
        this.httpStatus = httpStatus;
        this.code = code;
    }

    /** The HTTP status that goes with the code. */
    public int httpStatus() {
        return httpStatus;
    }

    /** The number in the ErrorCode element; unique in this registry. */
    public int code() {
        return code;
    }

    /** Whose fault it is; only {@link ErrorFamily#FAULT} is logged as an error. */
    public ErrorFamily family() {
        return switch (httpStatus) {
            case 401, 403 -> ErrorFamily.REFUSAL;
            case 500, 503 -> ErrorFamily.FAULT;
            default -> ErrorFamily.BAD_INPUT;
        };
    }

    /** Finds the entry with this ErrorCode number; empty for a number of another registry. */
    public static Optional<KmsErrorCode> ofCode(int code) {
        return Arrays.stream(values()).filter(entry -> entry.code == code).findFirst();
    }
}
