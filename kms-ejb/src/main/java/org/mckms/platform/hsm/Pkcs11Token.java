package org.mckms.platform.hsm;

import java.io.IOException;
import java.security.AuthProvider;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.Set;
import javax.crypto.KeyGenerator;
import javax.crypto.Mac;
import javax.security.auth.login.LoginException;
import org.mckms.mikeysakke.Octets;

/** One generation: a provider, logged in, and the keys loaded through it. */
final class Pkcs11Token implements Token {

    private static final int MAC_KEY_BITS = 512;
    private static final int ENCRYPTION_KEY_BITS = 256;
    private static final int IV_OCTETS = 12;

    private final AuthProvider provider;
    private final Pkcs11Configuration configuration;
    private final String tokenLabel;
    private final SecureRandom random;
    private final Logout logout;
    private final TokenGcm gcm;
    private volatile Pkcs11Keys keys;

    /** Ends the login of a token. */
    @FunctionalInterface
    interface Logout {
        void run() throws LoginException;
    }

    private Pkcs11Token(
            AuthProvider provider,
            Pkcs11Configuration configuration,
            String tokenLabel,
            SecureRandom random,
            Logout logout) {
        this.provider = provider;
        this.configuration = configuration;
        this.tokenLabel = tokenLabel;
        this.random = random;
        this.logout = logout;
        this.gcm = new TokenGcm(provider);
    }

    /**
     * Takes over a logged-in provider and checks that its token is the expected one as far as that shows.
     *
     * @param logout run when the token is closed
     * @throws TokenException {@code FOREIGN} if the token was set up under another label
     */
    static Pkcs11Token opened(
            AuthProvider provider,
            Pkcs11Configuration configuration,
            String tokenLabel,
            String identityKey,
            Logout logout) {
        return run("open the token", () -> {
            SecureRandom random = SecureRandom.getInstance("PKCS11", provider);
            Pkcs11Token token = new Pkcs11Token(provider, configuration, tokenLabel, random, logout);
            token.keys = Pkcs11Keys.load(provider);
            token.keys.requireTokenLabel(identityKey, tokenLabel);
            return token;
        });
    }

    @Override
    public Set<String> keyLabels() {
        return keys.labels();
    }

    @Override
    public synchronized void reload() {
        Pkcs11Keys loaded = run("load the keys of the token", () -> Pkcs11Keys.load(provider));
        replaceKeys(loaded, keys.labels().isEmpty());
    }

    /** A token that is gone shows as one without keys. */
    private void replaceKeys(Pkcs11Keys loaded, boolean mayBeEmpty) {
        if (!mayBeEmpty && loaded.labels().isEmpty()) {
            throw new TokenException(TokenFault.LOST, "The token is lost: all its keys are gone.");
        }
        keys = loaded;
    }

    @Override
    public synchronized void makeMacKey(String label) {
        make(label, () -> {
            AuthProvider maker = Pkcs11TokenOpener.configured(configuration.forMacKey(label));
            KeyGenerator generator = KeyGenerator.getInstance("HmacSHA512", maker);
            generator.init(MAC_KEY_BITS);
            return generator.generateKey();
        });
    }

    @Override
    public synchronized void makeEncryptionKey(String label) {
        make(label, () -> {
            AuthProvider maker = Pkcs11TokenOpener.configured(configuration.forEncryptionKey(label));
            KeyGenerator generator = KeyGenerator.getInstance("AES", maker);
            generator.init(ENCRYPTION_KEY_BITS);
            return generator.generateKey();
        });
    }

    @Override
    public synchronized void makeSigningKey(String label, String commonName) {
        make(label, () -> {
            AuthProvider maker = Pkcs11TokenOpener.configured(configuration.forSigningKey(label));
            new SigningKeyMaker(tokenLabel, random).make(maker, label, commonName);
            return maker;
        });
    }

    /** Makes a key that does not exist yet; the ceremony's database lock keeps other nodes from making it meanwhile. */
    private void make(String label, Call<?> maker) {
        reload();
        if (keys.contains(label)) {
            throw new TokenException(
                    TokenFault.KEY_EXISTS,
                    "The token holds a key '" + label + "' already; keys are never overwritten.");
        }
        run("make the key '" + label + "'", maker);
        reload();
        keys.key(label);
    }

    @Override
    public synchronized void destroyKey(String label) {
        reload();
        if (keys.contains(label)) {
            boolean last = keys.labels().size() == 1;
            Pkcs11Keys left = run("destroy the key '" + label + "'", () -> {
                Pkcs11Keys.store(provider).deleteEntry(label);
                return Pkcs11Keys.load(provider);
            });
            replaceKeys(left, last);
        }
    }

    @Override
    public byte[] mac(String label, MacAlgorithm algorithm, byte[] message) {
        return run("compute a MAC with '" + label + "'", () -> {
            Mac mac = Mac.getInstance(algorithm.jcaName(), provider);
            mac.init(keys.key(label));
            return mac.doFinal(message);
        });
    }

    @Override
    public SealedOctets seal(String label, byte[] clear, byte[] aad) {
        return run("encrypt with '" + label + "'", () -> {
            byte[] iv = new byte[IV_OCTETS];
            random.nextBytes(iv);
            byte[] ciphertext = gcm.seal(keys.key(label), iv, clear, aad);
            return new SealedOctets(Octets.copyOf(iv), Octets.copyOf(ciphertext));
        });
    }

    @Override
    public byte[] open(String label, SealedOctets sealed, byte[] aad) {
        return run(
                "decrypt with '" + label + "'",
                () -> gcm.open(
                        keys.key(label),
                        sealed.iv().toByteArray(),
                        sealed.ciphertext().toByteArray(),
                        aad));
    }

    @Override
    public byte[] random(int octets) {
        return run("draw random octets", () -> {
            byte[] drawn = new byte[octets];
            random.nextBytes(drawn);
            return drawn;
        });
    }

    @Override
    public byte[] sign(String label, byte[] message) {
        return run("sign with '" + label + "'", () -> {
            Signature signature = Signature.getInstance("SHA256withECDSA", provider);
            signature.initSign((PrivateKey) keys.key(label));
            signature.update(message);
            return signature.sign();
        });
    }

    @Override
    public byte[] certificate(String label) {
        return run("read the certificate of '" + label + "'", () -> keys.certificate(label)
                .getEncoded());
    }

    @Override
    public void close() {
        run("log out", () -> {
            logout.run();
            return logout;
        });
    }

    @FunctionalInterface
    private interface Call<T> {
        T run() throws GeneralSecurityException, IOException, LoginException;
    }

    private static <T> T run(String operation, Call<T> call) {
        try {
            return call.run();
        } catch (GeneralSecurityException | IOException | ProviderException | IllegalStateException e) {
            throw TokenFaults.inUse(e, operation);
        }
    }
}
