package org.mckms.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.mckms.client.KmsClient;
import org.mckms.client.ReceptionPolicy;
import org.mckms.client.RegistrationImport;
import org.mckms.client.TlsMaterial;
import org.mckms.client.cek.CekClient;
import org.mckms.client.cek.CekDetails;
import org.mckms.client.cek.CekKeys;
import org.mckms.client.cek.CekOwner;
import org.mckms.client.cek.SipProtection;
import org.mckms.client.store.ClientKeyStore;
import org.mckms.client.store.StoreKey;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.protocol.sealed.Opener;
import org.mckms.protocol.security.ClientKeys;

/** A device of a user who protects SIP, with the client library alone: registered by an officer's file. */
public final class CekDevice implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Kms kms;
    private final String uri;
    private final ClientKeyStore store;
    private final CekKeys keys;
    private final KmsClient client;
    private final CekClient ceks;
    private final SipProtection bodies;

    private CekDevice(Kms kms, String uri, ClientKeyStore store, CekKeys keys) {
        this.kms = kms;
        this.uri = uri;
        this.store = store;
        this.keys = keys;
        this.client = KmsClient.of(store)
                .tls(TlsMaterial.trusting(kms.home().trust()))
                .tokens(this::token)
                .clock(Clock.systemUTC())
                .ceks(keys.receiver(Clock.systemUTC(), ReceptionPolicy.STANDARD))
                .build();
        this.ceks = new CekClient(client, keys);
        this.bodies = new SipProtection(keys, Clock.systemUTC(), RANDOM);
    }

    /** Registers a user's device. It has asked for nothing yet. */
    public static CekDevice registered(Kms kms, String user) {
        Path folder = kms.home().dir().resolve("devices");
        byte[] file = RegisteredDevice.requestFile(kms, user, Map.of()).body();
        String name = user.replaceAll("\\W", "-");
        try (StoreKey key = storeKey();
                Opener opener = Opener.passphrase(RegisteredDevice.PASSPHRASE.toCharArray());
                RegistrationImport first = RegistrationImport.open(file, opener, Optional.empty(), Instant.now())) {
            Files.createDirectories(folder);
            ClientKeyStore store = first.createStore(folder.resolve(name + ".keys"), key, RANDOM);
            CekKeys keys = CekKeys.create(folder.resolve(name + ".ceks"), key, CekOwner.client(user), RANDOM);
            return new CekDevice(kms, user, store, keys);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static StoreKey storeKey() {
        byte[] octets = new byte[32];
        RANDOM.nextBytes(octets);
        try (SecretOctets secret = SecretOctets.takeFrom(octets)) {
            return StoreKey.key(secret);
        }
    }

    /** MC service ID. */
    public String uri() {
        return uri;
    }

    /** A token of the user, good for five minutes. */
    public String token() {
        return kms.idm().user(uri);
    }

    public KmsClient client() {
        return client;
    }

    public CekClient ceks() {
        return ceks;
    }

    public SipProtection bodies() {
        return bodies;
    }

    /** What is held of a key. */
    public Optional<CekDetails> held(Octets keyId) {
        return keys.keys().stream().filter(key -> key.keyId().equals(keyId)).findFirst();
    }

    public CekKeys keys() {
        return keys;
    }

    /** Lends TrK and InK of the device. */
    public <T> T lend(Function<ClientKeys, T> action) {
        try (ClientKeys pair = store.activeKeys().orElseThrow()) {
            return action.apply(pair);
        }
    }

    @Override
    public void close() {
        keys.close();
        store.close();
    }
}
