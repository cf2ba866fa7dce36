package org.mckms.platform.hsm;

import java.util.List;
import java.util.Map;
import javax.crypto.AEADBadTagException;

/**
 * Turns what the PKCS#11 provider throws into one plain sentence. The provider's exception class is not accessible, but
 * the message of the deepest cause is the name of the PKCS#11 return value.
 */
final class TokenFaults {

    private static final Map<String, String> PIN_FAULTS = Map.of(
            "CKR_PIN_INCORRECT", "The token refused the PIN.",
            "CKR_PIN_INVALID", "The token refused the PIN.",
            "CKR_PIN_LEN_RANGE", "The token refused the PIN: its length is wrong.",
            "CKR_PIN_EXPIRED", "The PIN of the token has expired and must be changed with the vendor's tool.",
            "CKR_PIN_LOCKED", "The token has locked the PIN; unlock it with the vendor's tool.");

    private static final String ONE_ATTEMPT = " No second attempt is made, because tokens lock.";

    /** What a login says that never reached the PIN, because there is nobody to check it. */
    private static final List<String> GONE_BEFORE_LOGIN = List.of(
            "No token present",
            "CKR_TOKEN_NOT_PRESENT",
            "CKR_TOKEN_NOT_RECOGNIZED",
            "CKR_DEVICE_REMOVED",
            "CKR_SLOT_ID_INVALID",
            "CKR_SESSION_CLOSED",
            "CKR_SESSION_HANDLE_INVALID",
            "CKR_CRYPTOKI_NOT_INITIALIZED");

    private static final List<String> NO_TOKEN_FAULTS = List.of(
            "CKR_TOKEN_NOT_PRESENT",
            "CKR_TOKEN_NOT_RECOGNIZED",
            "CKR_SLOT_ID_INVALID",
            "slotListIndex",
            "No token present");

    /** What the provider's key store says before the label or identifier that two objects share. */
    private static final String DUPLICATES = "invalid KeyStore state";

    private TokenFaults() {}

    /**
     * A login that failed after it was begun. Whatever it says counts as a refused PIN unless it is known that the PIN was
     * not looked at: tokens lock after few attempts, and vendors have codes of their own.
     */
    static TokenException atLogin(Throwable thrown, HsmSettings settings) {
        String reason = deepestMessage(thrown);
        if (GONE_BEFORE_LOGIN.stream().anyMatch(reason::startsWith)) {
            return whileOpening(thrown, settings);
        }
        String sentence = PIN_FAULTS.entrySet().stream()
                .filter(fault -> reason.startsWith(fault.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("The token did not accept the login (" + reason + "); it may have counted it as a wrong PIN.");
        return new TokenException(TokenFault.PIN, sentence + ONE_ATTEMPT, thrown);
    }

    /** A failure to open the token, which nobody has worked with yet. */
    static TokenException whileOpening(Throwable thrown, HsmSettings settings) {
        if (thrown instanceof TokenException known) {
            return known;
        }
        String reason = deepestMessage(thrown);
        if (reason.contains("does not exist")) {
            return new TokenException(
                    TokenFault.LIBRARY,
                    "The PKCS#11 library " + settings.library()
                            + " does not exist: install the software of the HSM or correct the setting.",
                    thrown);
        }
        if (reason.contains("ELF") || reason.contains(settings.library().toString())) {
            return new TokenException(
                    TokenFault.LIBRARY, "The file " + settings.library() + " is no usable PKCS#11 library.", thrown);
        }
        if (NO_TOKEN_FAULTS.stream().anyMatch(reason::contains)) {
            return new TokenException(
                    TokenFault.NO_TOKEN,
                    "Slot " + settings.slotListIndex() + " holds no initialised token; expected is the token '"
                            + settings.tokenLabel() + "' (" + reason + ").",
                    thrown);
        }
        return new TokenException(
                TokenFault.CONFIGURATION,
                "The PKCS#11 library found no configuration or no token directory, or the HSM does not answer: check"
                        + " SOFTHSM2_CONF or the client configuration of the HSM (" + reason + ").",
                thrown);
    }

    /** A failure of a token that was open: what is no altered ciphertext and no clash of labels counts as a lost token. */
    static TokenException inUse(Throwable thrown, String operation) {
        if (thrown instanceof TokenException known) {
            return known;
        }
        if (thrown instanceof AEADBadTagException) {
            return new TokenException(
                    TokenFault.ALTERED, "Cannot " + operation + ": the ciphertext or its context was altered.", thrown);
        }
        String reason = deepestMessage(thrown);
        if (reason.contains(DUPLICATES)) {
            return new TokenException(
                    TokenFault.DUPLICATE_LABEL,
                    "Cannot " + operation + ": two objects on the token share a label; compare with the ceremony record"
                            + " and remove the wrong one with the vendor's tool (" + reason + ").",
                    thrown);
        }
        return new TokenException(
                TokenFault.LOST,
                "Cannot " + operation + ": the token is lost or does not answer (" + reason + ").",
                thrown);
    }

    private static String deepestMessage(Throwable thrown) {
        Throwable deepest = thrown;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        String message = deepest.getMessage();
        return message == null ? deepest.getClass().getSimpleName() : message;
    }
}
