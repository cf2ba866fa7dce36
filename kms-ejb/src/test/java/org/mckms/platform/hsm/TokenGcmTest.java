package org.mckms.platform.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.Security;
import java.util.HexFormat;
import javax.crypto.AEADBadTagException;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/**
 * With a provider whose ciphers forget authenticated data when they get another key: what is opened does not depend on that. The token
 * itself is in {@link Pkcs11TokenIT}.
 */
class TokenGcmTest {

    /** Test case 16 of the GCM specification (McGrew and Viega, 2005), AES-256. */
    private static final SecretKeySpec KEY =
            new SecretKeySpec(octets("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"), "AES");

    private static final byte[] IV = octets("cafebabefacedbaddecaf888");
    private static final byte[] AAD = octets("feedfacedeadbeeffeedfacedeadbeefabaddad2");
    private static final byte[] CLEAR = octets("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
            + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39");
    private static final byte[] CIPHERTEXT = octets("522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
            + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662" + "76fc6ece0f4e1768cddf8853bb2d551b");

    private final TokenGcm gcm = new TokenGcm(Security.getProvider("SunJCE"));

    @Test
    void sealsAsSpecified() throws GeneralSecurityException {
        assertThat(gcm.seal(KEY, IV, CLEAR, AAD)).isEqualTo(CIPHERTEXT);
    }

    @Test
    void opensAsOftenAsAsked() throws GeneralSecurityException {
        for (int time = 1; time <= 3; time++) {
            assertThat(gcm.open(KEY, IV, CIPHERTEXT, AAD)).as("time " + time).isEqualTo(CLEAR);
        }
    }

    @Test
    void refusesWhatWasAlteredHoweverOftenAsked() throws GeneralSecurityException {
        byte[] altered = CIPHERTEXT.clone();
        altered[0] ^= 1;
        for (int time = 1; time <= 2; time++) {
            assertThatThrownBy(() -> gcm.open(KEY, IV, altered, AAD)).isInstanceOf(AEADBadTagException.class);
            assertThatThrownBy(() -> gcm.open(KEY, IV, CIPHERTEXT, IV)).isInstanceOf(AEADBadTagException.class);
            assertThatThrownBy(() -> gcm.open(KEY, AAD, CIPHERTEXT, AAD)).isInstanceOf(AEADBadTagException.class);
            assertThat(gcm.open(KEY, IV, CIPHERTEXT, AAD)).isEqualTo(CLEAR);
        }
    }

    private static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
