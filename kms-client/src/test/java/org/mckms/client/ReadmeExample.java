package org.mckms.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.mckms.client.store.ClientKeyStore;
import org.mckms.client.store.StoreKey;
import org.mckms.mikeysakke.sakke.EncapsulatedData;
import org.mckms.mikeysakke.sakke.SharedSecretValue;
import org.mckms.protocol.sealed.Opener;

/** The example of the README; {@link ReadmeTest} compares both and runs this one. */
final class ReadmeExample {
    private final Path registrationFile;
    private final Path storeFile;
    private final Path authority;
    private final String user;
    private EncapsulatedData sent;

    ReadmeExample(Path registrationFile, Path storeFile, Path authority, String user) {
        this.registrationFile = registrationFile;
        this.storeFile = storeFile;
        this.authority = authority;
        this.user = user;
    }

    EncapsulatedData sent() {
        return sent;
    }

    /** What was received, in the example. */
    private void use(SharedSecretValue key) {
        key.use(octets -> octets.length);
    }

    private void send(EncapsulatedData data) {
        sent = data;
    }

    void run(char[] code, StoreKey storeKey, TokenSource tokens) throws IOException {
        // begin
        SecureRandom random = new SecureRandom();
        Clock clock = Clock.systemUTC();
        if (Files.notExists(storeFile)) { // once: the file that the operator handed over, and its code
            byte[] file = Files.readAllBytes(registrationFile);
            try (Opener opener = Opener.passphrase(code);
                    RegistrationImport first =
                            RegistrationImport.open(file, opener, Optional.empty(), clock.instant())) {
                first.createStore(storeFile, storeKey, random).close();
            }
        }
        try (ClientKeyStore store = ClientKeyStore.open(storeFile, storeKey, random)) {
            TlsMaterial tls = TlsMaterial.trusting(authority);
            KmsClient kms =
                    KmsClient.of(store).tls(tls).tokens(tokens).clock(clock).build();
            try (KeyRefresher refresher = new KeyRefresher(kms, RefreshPolicy.STANDARD, RefreshListener.NONE, random)) {
                refresher.refreshNow().join(); // fetches what is missing, and goes on in the background
                try (SharedSecretValue key = SharedSecretValue.random(random)) { // to a user, of any domain
                    send(kms.partners().encapsulate(key, user, clock.instant()).data());
                }
                try (CandidateKeys keys = kms.candidates(user); // a message to this user
                        SharedSecretValue key = keys.decapsulate(sent())) {
                    use(key);
                }
            }
        }
        // end
    }
}
