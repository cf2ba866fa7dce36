package org.mckms.platform.hsm;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.mckms.mikeysakke.Octets;

/**
 * An HSM in the memory of a test. Behaves as SoftHSM does under SunPKCS11: a token that was lost never comes back in the
 * library that lost it, keys die at logout, nothing is overwritten.
 */
public final class InMemoryHsm {

    private static final Provider EC_PROVIDER = Security.getProvider("SunEC");

    private final String pin;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, byte[]> secretKeys = new ConcurrentHashMap<>();
    private final Map<String, KeyPair> keyPairs = new ConcurrentHashMap<>();
    private final Map<String, X509Certificate> certificates = new ConcurrentHashMap<>();
    private final AtomicInteger pinAttempts = new AtomicInteger();
    private final Map<String, CountDownLatch> hangingKeys = new ConcurrentHashMap<>();
    private final List<CountDownLatch> hungForGood = new CopyOnWriteArrayList<>();
    private final AtomicInteger macs = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile boolean away;
    private volatile boolean libraryDead;
    private volatile int flaky;
    private volatile CountDownLatch hanging = new CountDownLatch(0);
    private volatile CountDownLatch changesHanging = new CountDownLatch(0);
    private volatile Runnable duringCall = () -> {};
    private volatile int losses;

    public InMemoryHsm(String pin) {
        this.pin = pin;
    }

    /** Opens the token for a server that expects this label. */
    public TokenOpener opener(String expectedLabel) {
        return (step, asked) -> open(step, asked, expectedLabel);
    }

    /** The token disappears: every call fails. */
    public void takeAway() {
        away = true;
        libraryDead = true;
        losses++;
    }

    /** The token is there again, but only for a new library. */
    public void bringBack() {
        away = false;
    }

    /** The next calls fail, and then it works again without being reopened, as with a network between. */
    public void failNextCalls(int calls) {
        flaky = calls;
    }

    /** Calls do not come back until {@link #resume}. */
    public void hang() {
        hanging = new CountDownLatch(1);
    }

    /** Everything that hangs comes back. */
    public void resume() {
        hanging.countDown();
        changesHanging.countDown();
        hangingKeys.values().forEach(CountDownLatch::countDown);
        hungForGood.forEach(CountDownLatch::countDown);
    }

    /** MACs with this key do not come back; all else works. */
    public void hangKey(String keyLabel) {
        hangingKeys.put(keyLabel, new CountDownLatch(1));
    }

    /** New MACs with this key work again; those that hang do so until {@link #resume}. */
    public void letKeyGo(String keyLabel) {
        hungForGood.add(hangingKeys.remove(keyLabel));
    }

    /** Keys that are made or destroyed do not come back until {@link #resume}; uses of keys work. */
    public void hangChanges() {
        changesHanging = new CountDownLatch(1);
    }

    /** Runs within each call of an open token. */
    public void duringCalls(Runnable action) {
        duringCall = action;
    }

    /** Destroys a key behind the server's back. */
    public void removeKey(String keyLabel) {
        secretKeys.remove(keyLabel);
        keyPairs.remove(keyLabel);
        certificates.remove(keyLabel);
    }

    /** Replaces the value of a secret key, as another token would have another. */
    public void replaceKey(String keyLabel) {
        secretKeys.computeIfPresent(keyLabel, (ignored, old) -> randomOctets(old.length));
    }

    /** Sets the value of a secret key, to compare with known answers. */
    public void setKey(String keyLabel, byte[] value) {
        secretKeys.put(keyLabel, value.clone());
    }

    public Set<String> storedLabels() {
        Set<String> labels = new TreeSet<>(secretKeys.keySet());
        labels.addAll(keyPairs.keySet());
        return labels;
    }

    /** How often the token was asked to check a PIN. */
    public int pinAttempts() {
        return pinAttempts.get();
    }

    /** Waits until the token was asked so often. */
    public void awaitPinAttempts(int count) throws InterruptedException {
        synchronized (pinAttempts) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (pinAttempts.get() < count && System.nanoTime() < end) {
                pinAttempts.wait(1000);
            }
        }
    }

    /** How many calls were made of the token, whatever became of them. */
    public int calls() {
        return calls.get();
    }

    /** How many MACs were computed, probes included. */
    public int macs() {
        return macs.get();
    }

    private Token open(RecoveryStep step, char[] asked, String expectedLabel) {
        await(hanging);
        if (away || (libraryDead && step == RecoveryStep.PROVIDER)) {
            throw new TokenException(TokenFault.CONFIGURATION, "The HSM does not answer (CKR_GENERAL_ERROR).");
        }
        synchronized (pinAttempts) {
            pinAttempts.incrementAndGet();
            pinAttempts.notifyAll();
        }
        if (!Arrays.equals(asked, pin.toCharArray())) {
            throw new TokenException(TokenFault.PIN, "The token refused the PIN.");
        }
        for (X509Certificate certificate : certificates.values()) {
            if (!TokenCertificate.tokenLabel(certificate).equals(expectedLabel)) {
                throw new TokenException(TokenFault.FOREIGN, "The token was set up under another label.");
            }
        }
        libraryDead = false;
        return new OpenToken(expectedLabel);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private byte[] randomOctets(int size) {
        byte[] octets = new byte[size];
        random.nextBytes(octets);
        return octets;
    }

    private final class OpenToken implements Token {
        private final String label;
        private final int openedAfterLosses = losses;
        private volatile boolean closed;
        private volatile Set<String> labels = Set.copyOf(storedLabels());

        OpenToken(String label) {
            this.label = label;
        }

        private void call() {
            calls.incrementAndGet();
            await(hanging);
            duringCall.run();
            if (closed || openedAfterLosses != losses) {
                throw new TokenException(TokenFault.LOST, "The token is lost (CKR_OBJECT_HANDLE_INVALID).");
            }
            if (flaky > 0) {
                flaky--;
                throw new TokenException(TokenFault.LOST, "The token does not answer (CKR_DEVICE_ERROR).");
            }
        }

        private byte[] secret(String keyLabel) {
            call();
            if (!labels.contains(keyLabel) || !secretKeys.containsKey(keyLabel)) {
                throw new TokenException(TokenFault.KEY_MISSING, "The token holds no key '" + keyLabel + "'.");
            }
            return secretKeys.get(keyLabel);
        }

        private void requireAbsent(String keyLabel) {
            call();
            await(changesHanging);
            if (storedLabels().contains(keyLabel)) {
                throw new TokenException(TokenFault.KEY_EXISTS, "The token holds a key '" + keyLabel + "' already.");
            }
        }

        @Override
        public Set<String> keyLabels() {
            return labels;
        }

        @Override
        public void reload() {
            call();
            labels = Set.copyOf(storedLabels());
        }

        @Override
        public void makeMacKey(String keyLabel) {
            requireAbsent(keyLabel);
            secretKeys.put(keyLabel, randomOctets(64));
            reload();
        }

        @Override
        public void makeEncryptionKey(String keyLabel) {
            requireAbsent(keyLabel);
            secretKeys.put(keyLabel, randomOctets(32));
            reload();
        }

        @Override
        public void makeSigningKey(String keyLabel, String commonName) {
            requireAbsent(keyLabel);
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", EC_PROVIDER);
                generator.initialize(new ECGenParameterSpec("secp256r1"));
                KeyPair pair = generator.generateKeyPair();
                keyPairs.put(keyLabel, pair);
                certificates.put(keyLabel, TokenCertificate.selfSigned(pair, commonName, label, EC_PROVIDER, random));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
            reload();
        }

        @Override
        public void destroyKey(String keyLabel) {
            call();
            await(changesHanging);
            removeKey(keyLabel);
            reload();
        }

        @Override
        public byte[] mac(String keyLabel, MacAlgorithm algorithm, byte[] message) {
            macs.incrementAndGet();
            await(hangingKeys.getOrDefault(keyLabel, new CountDownLatch(0)));
            byte[] key = secret(keyLabel);
            try {
                Mac mac = Mac.getInstance(algorithm.jcaName());
                mac.init(new SecretKeySpec(key, algorithm.jcaName()));
                return mac.doFinal(message);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public SealedOctets seal(String keyLabel, byte[] clear, byte[] aad) {
            byte[] iv = randomOctets(12);
            try {
                Cipher cipher = gcm(Cipher.ENCRYPT_MODE, keyLabel, iv, aad);
                return new SealedOctets(Octets.copyOf(iv), Octets.copyOf(cipher.doFinal(clear)));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public byte[] open(String keyLabel, SealedOctets blob, byte[] aad) {
            try {
                return gcm(Cipher.DECRYPT_MODE, keyLabel, blob.iv().toByteArray(), aad)
                        .doFinal(blob.ciphertext().toByteArray());
            } catch (AEADBadTagException e) {
                throw new TokenException(TokenFault.ALTERED, "The ciphertext was altered.", e);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        private Cipher gcm(int mode, String keyLabel, byte[] iv, byte[] aad) throws GeneralSecurityException {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(secret(keyLabel), "AES"), new GCMParameterSpec(128, iv));
            cipher.updateAAD(aad);
            return cipher;
        }

        @Override
        public byte[] random(int octets) {
            call();
            return randomOctets(octets);
        }

        @Override
        public byte[] sign(String keyLabel, byte[] message) {
            call();
            KeyPair pair = keyPairs.get(keyLabel);
            if (pair == null) {
                throw new TokenException(TokenFault.KEY_MISSING, "The token holds no key '" + keyLabel + "'.");
            }
            try {
                Signature signature = Signature.getInstance("SHA256withECDSA", EC_PROVIDER);
                signature.initSign(pair.getPrivate());
                signature.update(message);
                return signature.sign();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public byte[] certificate(String keyLabel) {
            X509Certificate certificate = certificates.get(keyLabel);
            if (certificate == null) {
                throw new TokenException(TokenFault.KEY_MISSING, "The token holds no key '" + keyLabel + "'.");
            }
            try {
                return certificate.getEncoded();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            await(hanging);
            closed = true;
        }
    }
}
