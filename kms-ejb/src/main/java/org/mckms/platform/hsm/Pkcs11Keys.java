package org.mckms.platform.hsm;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.Provider;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.security.auth.login.LoginException;

/**
 * The keys of a token as they were when loaded; replaced as a whole. Key objects die at every logout, so they are never
 * kept beyond their generation.
 */
final class Pkcs11Keys {

    private final Map<String, Key> keys = new HashMap<>();
    private final Map<String, Certificate> certificates = new HashMap<>();

    private Pkcs11Keys() {}

    /** Loads all keys of a logged-in provider; never tries to log in. */
    static Pkcs11Keys load(Provider provider) throws GeneralSecurityException, IOException {
        Pkcs11Keys loaded = new Pkcs11Keys();
        KeyStore store = store(provider);
        for (String label : Collections.list(store.aliases())) {
            Key key = store.getKey(label, null);
            if (key != null) {
                loaded.keys.put(label, key);
            }
            Certificate certificate = store.getCertificate(label);
            if (certificate != null) {
                loaded.certificates.put(label, certificate);
            }
        }
        return loaded;
    }

    /** The key store of a logged-in provider; two objects with one label make it unreadable. */
    static KeyStore store(Provider provider) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS11", provider);
        store.load(() -> new KeyStore.CallbackHandlerProtection(callbacks -> {
            throw new IOException(new LoginException("the token is not logged in any more"));
        }));
        return store;
    }

    Set<String> labels() {
        return Set.copyOf(keys.keySet());
    }

    boolean contains(String label) {
        return keys.containsKey(label);
    }

    Key key(String label) {
        Key key = keys.get(label);
        if (key == null) {
            throw missing(label);
        }
        return key;
    }

    Certificate certificate(String label) {
        Certificate certificate = certificates.get(label);
        if (certificate == null) {
            throw missing(label);
        }
        return certificate;
    }

    /**
     * Compares the expected label with the one in the certificate of {@code identityKey}, written when that key was made:
     * the PKCS#11 provider does not tell the label of the token itself. A token without that key is not set up yet.
     */
    void requireTokenLabel(String identityKey, String expected) {
        if (certificates.get(identityKey) instanceof X509Certificate certificate) {
            String found = TokenCertificate.tokenLabel(certificate);
            if (!found.equals(expected)) {
                throw new TokenException(
                        TokenFault.FOREIGN,
                        "The token was set up as '" + found + "', but '" + expected
                                + "' is expected: correct the slot or the label in the settings.");
            }
        }
    }

    private static TokenException missing(String label) {
        return new TokenException(TokenFault.KEY_MISSING, "The token holds no key '" + label + "'.");
    }
}
