package org.mckms.platform.hsm;

import java.io.IOException;
import java.security.AuthProvider;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.spec.ECGenParameterSpec;

/**
 * Makes signing keys. The key store lists a private key only together with its certificate, and the provider stores them
 * one after the other: first it gives the key its identifier, which is the label, then it adds a certificate with the same
 * one. A ceremony that broke off before leaves a key without identifier, which nobody ever sees again; one that broke off in
 * between leaves a key that shares the identifier of the next attempt's key.
 */
final class SigningKeyMaker {

    private static final String CURVE = "secp256r1";
    private static final String MOVED = ".removed";

    private final String tokenLabel;
    private final SecureRandom random;

    SigningKeyMaker(String tokenLabel, SecureRandom random) {
        this.tokenLabel = tokenLabel;
        this.random = random;
    }

    /**
     * Makes a key on P-256 and its certificate, and removes what an attempt that broke off left behind.
     *
     * @param maker configured for this key, logged in
     */
    void make(AuthProvider maker, String label, String commonName) throws GeneralSecurityException, IOException {
        KeyStore store = Pkcs11Keys.store(maker);
        PrivateKey made = store(store, maker, label, commonName);
        if (!isAlone(store, label)) {
            removeBoth(store, label, made);
            store(store, maker, label, commonName);
        }
    }

    private PrivateKey store(KeyStore store, AuthProvider maker, String label, String commonName)
            throws GeneralSecurityException {
        KeyPair pair = pair(maker);
        store.setKeyEntry(label, pair.getPrivate(), null, chain(pair, commonName, maker));
        return pair.getPrivate();
    }

    private static KeyPair pair(Provider provider) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
        generator.initialize(new ECGenParameterSpec(CURVE));
        return generator.generateKeyPair();
    }

    private Certificate[] chain(KeyPair pair, String commonName, Provider provider) throws GeneralSecurityException {
        return new Certificate[] {TokenCertificate.selfSigned(pair, commonName, tokenLabel, provider, random)};
    }

    private static boolean isAlone(KeyStore store, String label) throws GeneralSecurityException {
        try {
            return store.getKey(label, null) != null;
        } catch (ProviderException e) {
            if (TokenFaults.inUse(e, "find the key '" + label + "'").fault() == TokenFault.DUPLICATE_LABEL) {
                return false;
            }
            throw e;
        }
    }

    /**
     * The key store removes no key that shares its identifier. So the new key moves to another one, under a certificate of
     * a key in memory, because its own would count as a new name of the same entry.
     */
    private void removeBoth(KeyStore store, String label, PrivateKey made) throws GeneralSecurityException {
        Provider software = Security.getProvider("SunEC");
        store.setKeyEntry(label + MOVED, made, null, chain(pair(software), "removed", software));
        store.deleteEntry(label);
        store.deleteEntry(label + MOVED);
    }
}
