package org.mckms.client;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.mckms.protocol.error.KmsErrorCode;

/**
 * The server answered and refused. Carries what it said: the HTTP status always, the error code and text where the
 * answer had them (KmsError of TS 33.180 annex D, the JSON error of the operators' face, or the WWW-Authenticate field).
 */
public final class KmsRefusedException extends KmsClientException {
    private static final Set<KmsErrorCode> NEED_REGISTRATION = Set.of(
            KmsErrorCode.SIGNATURE_REQUIRED, KmsErrorCode.TRANSPORT_KEY_REQUIRED, KmsErrorCode.REGISTRATION_EXPIRED);

    private final int httpStatus;
    private final Refusal refusal;

    /**
     * What the server said about the refusal.
     *
     * @param code number of the error registry; absent in a 401, which has no body
     * @param name name in the error registry, told by the operators' face only
     * @param text sentence for a person
     * @param requestId number under which the server logged the request
     * @param signed whether the KMS signed it under a key of this client, verified
     */
    public record Refusal(
            OptionalInt code, Optional<String> name, String text, Optional<String> requestId, boolean signed) {
        static Refusal ofText(String text) {
            return new Refusal(OptionalInt.empty(), Optional.empty(), text, Optional.empty(), false);
        }

        static Refusal of(int code, String text, boolean signed) {
            return new Refusal(OptionalInt.of(code), Optional.empty(), text, Optional.empty(), signed);
        }
    }

    public KmsRefusedException(int httpStatus, Refusal refusal) {
        super(describe(httpStatus, refusal));
        this.httpStatus = httpStatus;
        this.refusal = refusal;
    }

    /** HTTP status of the answer. 200 is possible: a KMS may put a KmsError into a successful HTTP answer. */
    public int httpStatus() {
        return httpStatus;
    }

    /** Whether the same request may succeed later: the KMS or what stands before it is not able to serve now. */
    public boolean mayPass() {
        return httpStatus == 429 || httpStatus >= 500;
    }

    /** Whether the access token was refused: get another one. */
    public boolean tokenRefused() {
        return httpStatus == 401;
    }

    /**
     * Whether the KMS does not take the TrK or InK of this client: lost, expired, revoked or never registered. Only a new
     * registration, out of band, helps; unless it was not the KMS that said so, see {@link #signed()}.
     */
    public boolean needsRegistration() {
        return refusal.code().isPresent()
                && KmsErrorCode.ofCode(refusal.code().getAsInt())
                        .filter(NEED_REGISTRATION::contains)
                        .isPresent();
    }

    /**
     * Whether the KMS signed the refusal under a key of this client. An unsigned one may be the KMS's, which cannot sign
     * for a client whose keys it does not know, or that of anybody who ends TLS on the way.
     */
    public boolean signed() {
        return refusal.signed();
    }

    public OptionalInt code() {
        return refusal.code();
    }

    public Optional<String> name() {
        return refusal.name();
    }

    public String text() {
        return refusal.text();
    }

    public Optional<String> requestId() {
        return refusal.requestId();
    }

    private static String describe(int httpStatus, Refusal refusal) {
        StringBuilder text = new StringBuilder("refused with HTTP status ").append(httpStatus);
        refusal.code().ifPresent(code -> text.append(", code ").append(code));
        refusal.name().ifPresent(name -> text.append(' ').append(name));
        text.append(": ").append(refusal.text());
        refusal.requestId().ifPresent(id -> text.append(" (request ").append(id).append(')'));
        return text.toString();
    }
}
