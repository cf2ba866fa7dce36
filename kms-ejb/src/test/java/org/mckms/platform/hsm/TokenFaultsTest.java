package org.mckms.platform.hsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.ProviderException;
import java.time.Duration;
import java.util.List;
import javax.crypto.AEADBadTagException;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages as the JDK's provider was seen to give them. */
class TokenFaultsTest {

    private static final HsmSettings SETTINGS = new HsmSettings(
            Path.of("/usr/lib/softhsm/libsofthsm2.so"),
            0,
            "kms",
            Duration.ofSeconds(5),
            LeasePolicy.DEFAULT,
            RecoverySettings.withLadder(List.of()));

    @ParameterizedTest
    @CsvSource({
        "Library /usr/lib/softhsm/libsofthsm2.so does not exist, LIBRARY, does not exist: install",
        "/usr/lib/softhsm/libsofthsm2.so: invalid ELF header, LIBRARY, no usable PKCS#11 library",
        "CKR_GENERAL_ERROR, CONFIGURATION, no configuration or no token directory",
        "CKR_TOKEN_NOT_RECOGNIZED, NO_TOKEN, holds no initialised token",
        "CKR_TOKEN_NOT_PRESENT, NO_TOKEN, holds no initialised token",
        "slotListIndex is 7 but token only has 2 slots, NO_TOKEN, holds no initialised token",
        "No token present, NO_TOKEN, 'expected is the token ''kms'''",
        "CKR_FUNCTION_FAILED, CONFIGURATION, CKR_FUNCTION_FAILED"
    })
    void openingFailsInPlainWords(String reason, TokenFault fault, String sentence) {
        TokenException e = TokenFaults.whileOpening(
                new ProviderException("Initialization failed", new Exception(reason)), SETTINGS);
        assertThat(e.fault()).isEqualTo(fault);
        assertThat(e).hasMessageContaining(sentence);
    }

    @ParameterizedTest
    @CsvSource({
        "CKR_PIN_INCORRECT, refused the PIN",
        "CKR_PIN_INVALID, refused the PIN",
        "CKR_PIN_LEN_RANGE, its length is wrong",
        "CKR_PIN_EXPIRED, has expired",
        "CKR_PIN_LOCKED, has locked the PIN"
    })
    void pinFaultsSayThatNoSecondAttemptIsMade(String reason, String sentence) {
        LoginException failed = new FailedLoginException();
        failed.initCause(new Exception(reason));
        TokenException e = TokenFaults.atLogin(failed, SETTINGS);
        assertThat(e.fault()).isEqualTo(TokenFault.PIN);
        assertThat(e).hasMessageContaining(sentence).hasMessageContaining("No second attempt");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CKR_GENERAL_ERROR",
                "CKR_FUNCTION_FAILED",
                "CKR_DEVICE_ERROR",
                "CKR_USER_PIN_NOT_INITIALIZED",
                "CKR_USER_TOO_MANY_TYPES",
                "0x80000011",
                "CKR_PIN_TOO_WEAK",
                "Unable to perform password callback"
            })
    void anyOtherFailureOfALoginIsFinalToo(String reason) {
        LoginException failed = new LoginException();
        failed.initCause(new Exception(reason));
        TokenException e = TokenFaults.atLogin(failed, SETTINGS);
        assertThat(e.fault()).isEqualTo(TokenFault.PIN);
        assertThat(e).hasMessageContaining(reason).hasMessageContaining("No second attempt");
    }

    @ParameterizedTest
    @CsvSource({
        "No token present, NO_TOKEN",
        "CKR_TOKEN_NOT_PRESENT, NO_TOKEN",
        "CKR_SLOT_ID_INVALID, NO_TOKEN",
        "CKR_DEVICE_REMOVED, CONFIGURATION",
        "CKR_SESSION_HANDLE_INVALID, CONFIGURATION"
    })
    void aTokenThatWasGoneBeforeTheLoginIsNoPinFault(String reason, TokenFault fault) {
        LoginException failed = new LoginException();
        failed.initCause(new Exception(reason));
        assertThat(TokenFaults.atLogin(failed, SETTINGS).fault()).isEqualTo(fault);
    }

    @Test
    void aBadTagIsNoLostToken() {
        AEADBadTagException badTag = new AEADBadTagException("Decryption failed");
        badTag.initCause(new Exception("CKR_GENERAL_ERROR"));
        assertThat(TokenFaults.inUse(badTag, "decrypt").fault()).isEqualTo(TokenFault.ALTERED);
    }

    @Test
    void twoKeysOfOneLabelAreForTheOperator() {
        TokenException e = TokenFaults.inUse(
                new IOException(
                        "load failed",
                        new Exception("invalid KeyStore state: found multiple secret keys sharing same CKA_LABEL [a]")),
                "load the keys of the token");
        assertThat(e.fault()).isEqualTo(TokenFault.DUPLICATE_LABEL);
        assertThat(e).hasMessageContaining("share a label").hasMessageContaining("[a]");
    }

    @Test
    void anyOtherFailureInUseIsALostToken() {
        TokenException e = TokenFaults.inUse(
                new InvalidKeyException("init() failed", new Exception("CKR_OBJECT_HANDLE_INVALID")), "sign");
        assertThat(e.fault()).isEqualTo(TokenFault.LOST);
        assertThat(e).hasMessageContaining("Cannot sign").hasMessageContaining("CKR_OBJECT_HANDLE_INVALID");
    }

    @Test
    void aCauseWithoutTextIsNamedByItsClass() {
        assertThat(TokenFaults.inUse(new NullPointerException(), "sign")).hasMessageContaining("NullPointerException");
    }

    @Test
    void knownFaultsStayAsTheyAre() {
        TokenException known = new TokenException(TokenFault.KEY_EXISTS, "exists");
        assertThat(TokenFaults.inUse(known, "sign")).isSameAs(known);
        assertThat(TokenFaults.whileOpening(known, SETTINGS)).isSameAs(known);
    }
}
