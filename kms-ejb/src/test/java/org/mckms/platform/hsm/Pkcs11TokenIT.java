package org.mckms.platform.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mckms.mikeysakke.Octets;

/** The real provider on the real SoftHSM: what it does well, and what it says when something is missing. */
class Pkcs11TokenIT {

    private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] AAD = "context".getBytes(StandardCharsets.US_ASCII);

    private SoftHsm hsm;

    @BeforeEach
    void restoreToken() {
        hsm = SoftHsm.asMade();
    }

    @Test
    void computesMacsOfBothKinds() {
        Token token = hsm.openForTest();
        token.makeMacKey("kms.a");
        token.makeMacKey("kms.b");
        assertThat(token.mac("kms.a", MacAlgorithm.HMAC_SHA_512, MESSAGE)).hasSize(64);
        assertThat(token.mac("kms.a", MacAlgorithm.HMAC_SHA_256, MESSAGE))
                .hasSize(32)
                .isEqualTo(token.mac("kms.a", MacAlgorithm.HMAC_SHA_256, MESSAGE))
                .isNotEqualTo(token.mac("kms.b", MacAlgorithm.HMAC_SHA_256, MESSAGE));
        token.close();
    }

    @Test
    void sealsAndOpens() {
        Token token = hsm.openForTest();
        token.makeEncryptionKey("kms.a");
        token.makeEncryptionKey("kms.b");
        SealedOctets once = token.seal("kms.a", MESSAGE, AAD);
        SealedOctets again = token.seal("kms.a", MESSAGE, AAD);
        assertThat(once.iv().size()).isEqualTo(12);
        assertThat(once.ciphertext().size()).isEqualTo(MESSAGE.length + 16);
        assertThat(once.iv()).isNotEqualTo(again.iv());
        assertThat(token.open("kms.a", once, AAD)).isEqualTo(MESSAGE);
        assertFault(TokenFault.ALTERED, () -> token.open("kms.a", once, MESSAGE));
        assertFault(TokenFault.ALTERED, () -> token.open("kms.b", once, AAD));
        assertFault(
                TokenFault.ALTERED, () -> token.open("kms.a", new SealedOctets(again.iv(), once.ciphertext()), AAD));
        assertThat(token.open("kms.a", again, AAD)).as("the token still works").isEqualTo(MESSAGE);
        token.close();
    }

    @Test
    void opensWhatSeveralThreadsHandItInAnyOrder() throws Exception {
        Token token = hsm.openForTest();
        List<String> labels = List.of("kms.a", "kms.b");
        labels.forEach(token::makeEncryptionKey);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> ends = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String label = labels.get(i % 2);
            byte[] context = new byte[i % 5]; // sometimes there is none
            byte[] message = ("message " + i).getBytes(StandardCharsets.US_ASCII);
            SealedOctets sealed = token.seal(label, message, context);
            ends.add(threads.submit(() -> {
                assertFault(TokenFault.ALTERED, () -> token.open(label, sealed, MESSAGE));
                assertThat(token.open(label, sealed, context)).isEqualTo(message);
            }));
        }
        threads.shutdown();
        for (Future<?> end : ends) {
            end.get(1, TimeUnit.MINUTES);
        }
        token.close();
    }

    @Test
    void signsUnderItsCertificate() throws Exception {
        Token token = hsm.openForTest();
        token.makeSigningKey("kms.sign.a", "Test key");
        byte[] signed = token.sign("kms.sign.a", MESSAGE);
        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(token.certificate("kms.sign.a")));
        assertThat(TokenCertificate.tokenLabel(certificate)).isEqualTo(SoftHsm.LABEL);
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initVerify(certificate);
        signature.update(MESSAGE);
        assertThat(signature.verify(signed)).isTrue();
        token.close();
        Token again = hsm.openForTest();
        assertThat(again.keyLabels()).containsExactly("kms.sign.a");
        assertThat(again.certificate("kms.sign.a")).isEqualTo(certificate.getEncoded());
        again.close();
    }

    @Test
    void keysNeverLeaveTheToken() throws Exception {
        Token token = hsm.openForTest();
        token.makeMacKey("kms.mac");
        token.makeEncryptionKey("kms.aes");
        token.makeSigningKey("kms.sign", "Test key");
        HsmSettings settings = hsm.settings(SoftHsm.LABEL, LeasePolicy.DEFAULT);
        Provider provider =
                Security.getProvider("SunPKCS11").configure(new Pkcs11Configuration(settings.library(), 0).forUse());
        KeyStore store = KeyStore.getInstance("PKCS11", provider);
        store.load(null, hsm.pin());
        for (String label : List.of("kms.mac", "kms.aes", "kms.sign")) {
            Key key = store.getKey(label, null);
            assertThat(key.getEncoded()).as(label).isNull();
            assertThat(key.toString()).as(label).contains("token object, sensitive, unextractable");
        }
        token.close();
    }

    @Test
    void keysHaveOneUseAndAreMadeOnTheToken() throws Exception {
        Token token = hsm.openForTest();
        token.makeMacKey("kms.mac");
        token.makeEncryptionKey("kms.aes");
        token.makeSigningKey("kms.sign", "Test key");
        token.close();
        Map<String, String> objects = StoredObjects.byLabel(hsm);
        assertThat(objects.keySet()).containsExactly("kms.aes", "kms.mac", "kms.sign");
        assertThat(objects.values())
                .allSatisfy(text -> assertThat(text).contains("sensitive, always sensitive, never extractable, local"));
        assertThat(objects.get("kms.aes")).contains("encrypt, decrypt").doesNotContain("sign", "wrap", "derive");
        assertThat(objects.get("kms.mac")).doesNotContain("encrypt", "decrypt", "wrap", "derive");
        assertThat(objects.get("kms.sign")).contains("sign").doesNotContain("derive");
    }

    @Test
    void theConfigurationForUseMakesKeysThatAreGoodForNothing() throws Exception {
        HsmSettings settings = hsm.settings(SoftHsm.LABEL, LeasePolicy.DEFAULT);
        Token token = new Pkcs11TokenOpener(settings, "").open(RecoveryStep.PROVIDER, hsm.pin());
        Provider use =
                Security.getProvider("SunPKCS11").configure(new Pkcs11Configuration(settings.library(), 0).forUse());
        KeyGenerator generator = KeyGenerator.getInstance("AES", use);
        generator.init(256);
        SecretKey made = generator.generateKey();
        assertThat(made.toString()).contains("session object, sensitive, unextractable");
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", use);
        assertThatThrownBy(() -> {
                    cipher.init(Cipher.DECRYPT_MODE, made, new GCMParameterSpec(128, new byte[12]));
                    cipher.doFinal(new byte[32]);
                })
                .isInstanceOf(GeneralSecurityException.class)
                .isNotInstanceOf(AEADBadTagException.class);
        token.reload();
        assertThat(token.keyLabels()).isEmpty();
        token.close();
    }

    @Test
    void aLogoutDoesNotEndANewerLogin() {
        HsmSettings settings = hsm.settings(SoftHsm.LABEL, LeasePolicy.DEFAULT);
        TokenOpener firstDeployment = new Pkcs11TokenOpener(settings, "");
        TokenOpener secondDeployment = new Pkcs11TokenOpener(settings, "");
        Token first = firstDeployment.open(RecoveryStep.PROVIDER, hsm.pin());
        first.makeMacKey("kms.a");
        Token second = secondDeployment.open(RecoveryStep.PROVIDER, hsm.pin());
        byte[] mac = second.mac("kms.a", MacAlgorithm.HMAC_SHA_256, MESSAGE);
        first.close();
        assertThat(second.mac("kms.a", MacAlgorithm.HMAC_SHA_256, MESSAGE)).isEqualTo(mac);
        second.close();
        assertFault(TokenFault.LOST, second::reload);
    }

    @Test
    void neverOverwritesAKey() {
        Token token = hsm.openForTest();
        token.makeMacKey("kms.a");
        byte[] mac = token.mac("kms.a", MacAlgorithm.HMAC_SHA_256, MESSAGE);
        assertFault(TokenFault.KEY_EXISTS, () -> token.makeMacKey("kms.a"));
        assertFault(TokenFault.KEY_EXISTS, () -> token.makeEncryptionKey("kms.a"));
        assertFault(TokenFault.KEY_EXISTS, () -> token.makeSigningKey("kms.a", "Test key"));
        assertThat(token.mac("kms.a", MacAlgorithm.HMAC_SHA_256, MESSAGE)).isEqualTo(mac);
        token.close();
    }

    @Test
    void refusesAKeyThatAnotherServerMadeMeanwhile() {
        Token one = hsm.openForTest();
        Token two = hsm.openForTest();
        one.makeMacKey("kms.a");
        assertThat(two.keyLabels()).isEmpty();
        assertFault(TokenFault.KEY_EXISTS, () -> two.makeMacKey("kms.a"));
        assertThat(two.mac("kms.a", MacAlgorithm.HMAC_SHA_256, MESSAGE))
                .isEqualTo(one.mac("kms.a", MacAlgorithm.HMAC_SHA_256, MESSAGE));
        one.close();
        two.close();
    }

    @Test
    void twoKeysOfOneLabelMakeTheTokenUnreadableAndAreReported() throws Exception {
        Token token = hsm.openForTest();
        token.makeMacKey("kms.a");
        HsmSettings settings = hsm.settings(SoftHsm.LABEL, LeasePolicy.DEFAULT);
        Token past = new Pkcs11TokenOpener(settings, "").open(RecoveryStep.PROVIDER, hsm.pin());
        Provider maker = Security.getProvider("SunPKCS11")
                .configure(new Pkcs11Configuration(settings.library(), 0).forMacKey("kms.a"));
        KeyGenerator.getInstance("HmacSHA512", maker).generateKey();
        assertFault(TokenFault.DUPLICATE_LABEL, past::reload);
        past.close();
        token.close();
        assertFault(TokenFault.DUPLICATE_LABEL, hsm::openForTest);
    }

    @Test
    void destroysKeysForGood() {
        Token token = hsm.openForTest();
        token.makeMacKey("kms.a");
        token.makeSigningKey("kms.sign", "Test key");
        token.destroyKey("kms.a");
        token.destroyKey("kms.a");
        token.destroyKey("kms.sign");
        assertThat(token.keyLabels()).isEmpty();
        assertFault(TokenFault.KEY_MISSING, () -> token.mac("kms.a", MacAlgorithm.HMAC_SHA_256, MESSAGE));
        assertFault(TokenFault.KEY_MISSING, () -> token.sign("kms.sign", MESSAGE));
        assertFault(TokenFault.KEY_MISSING, () -> token.certificate("kms.sign"));
        assertFault(TokenFault.KEY_MISSING, () -> token.seal("kms.a", MESSAGE, AAD));
        assertFault(
                TokenFault.KEY_MISSING,
                () -> token.open("kms.a", new SealedOctets(Octets.copyOf(new byte[12]), Octets.copyOf(AAD)), AAD));
        token.close();
    }

    @Test
    void saysWhenItIsLost() {
        Token token = hsm.openForTest();
        token.makeMacKey("kms.a");
        hsm.takeAway();
        assertFault(TokenFault.LOST, () -> token.mac("kms.a", MacAlgorithm.HMAC_SHA_256, MESSAGE));
        assertFault(TokenFault.LOST, token::reload);
    }

    @Test
    void neverLogsInByItselfAfterALogout() {
        Token token = hsm.openForTest();
        token.makeMacKey("kms.a");
        token.close();
        assertFault(TokenFault.LOST, token::reload);
        assertFault(TokenFault.LOST, () -> token.mac("kms.a", MacAlgorithm.HMAC_SHA_256, MESSAGE));
    }

    @Test
    void checksThePinAlthoughSomebodyIsLoggedIn() {
        HsmSettings settings = hsm.settings(SoftHsm.LABEL, LeasePolicy.DEFAULT);
        TokenOpener opener = new Pkcs11TokenOpener(settings, "");
        Token token = opener.open(RecoveryStep.PROVIDER, hsm.pin());
        assertFault(TokenFault.PIN, () -> opener.open(RecoveryStep.PROVIDER, "000000-wrong".toCharArray()));
        assertFault(TokenFault.PIN, () -> opener.open(RecoveryStep.PROVIDER, new char[0]));
        assertFault(TokenFault.LOST, token::reload);
    }

    @Test
    void namesWhatIsMissing() {
        assertOpening(Path.of("/nonexistent/libnone.so"), 0, TokenFault.LIBRARY, "does not exist");
        assertOpening(Path.of("/etc/passwd"), 0, TokenFault.LIBRARY, "no usable PKCS#11 library");
        assertOpening(Path.of("/tmp/a path with spaces.so"), 0, TokenFault.LIBRARY, "may hold letters");
        HsmSettings settings = hsm.settings(SoftHsm.LABEL, LeasePolicy.DEFAULT);
        assertOpening(settings.library(), 7, TokenFault.NO_TOKEN, "Slot 7 holds no initialised token");
        hsm.removeToken();
        HsmSettings without = hsm.settings(SoftHsm.LABEL, LeasePolicy.DEFAULT);
        assertOpening(without.library(), 0, TokenFault.NO_TOKEN, "CKR_TOKEN_NOT_RECOGNIZED");
        hsm.takeAway();
        HsmSettings away = hsm.settings(SoftHsm.LABEL, LeasePolicy.DEFAULT);
        assertOpening(away.library(), 0, TokenFault.CONFIGURATION, "no token directory");
    }

    private void assertOpening(Path library, int slot, TokenFault fault, String sentence) {
        HsmSettings as = hsm.settings(SoftHsm.LABEL, LeasePolicy.DEFAULT);
        HsmSettings settings = new HsmSettings(library, slot, as.tokenLabel(), as.timeout(), as.lease(), as.recovery());
        assertThatThrownBy(() -> new Pkcs11TokenOpener(settings, "").open(RecoveryStep.PROVIDER, hsm.pin()))
                .isInstanceOfSatisfying(
                        TokenException.class, e -> assertThat(e.fault()).isEqualTo(fault))
                .hasMessageContaining(sentence);
    }

    private static void assertFault(TokenFault fault, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(TokenException.class, e -> assertThat(e.fault())
                .isEqualTo(fault));
    }
}
