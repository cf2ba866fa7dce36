package org.mckms.it.support;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.mckms.protocol.codec.KmsRequestCodec;
import org.mckms.protocol.codec.KmsResponseCodec;
import org.mckms.protocol.codec.ReceivedResponse;
import org.mckms.protocol.codec.ReceivingKeys;
import org.mckms.protocol.message.KmsRequest;
import org.mckms.protocol.sealed.Opener;
import org.mckms.protocol.sealed.RegistrationFile;
import org.mckms.protocol.sealed.RegistrationFiles;
import org.mckms.protocol.security.ClientKeys;
import org.mckms.protocol.security.NamedKey;

/** A client's device that was registered out of band and signs what it asks for. Closing wipes its keys. */
public final class RegisteredDevice implements AutoCloseable {
    /** A passphrase as an officer might agree on with a user. */
    public static final String PASSPHRASE = "correct horse battery staple 7";

    private final Kms kms;
    private final String user;
    private final ClientKeys keys;

    private RegisteredDevice(Kms kms, String user, ClientKeys keys) {
        this.kms = kms;
        this.user = user;
        this.keys = keys;
    }

    /** Registers a user's default device; the file is opened by its passphrase. */
    public static RegisteredDevice register(Kms kms, String user) {
        return open(kms, requestFile(kms, user, Map.of()).body());
    }

    /** The answer to an officer's order of a registration file, with members added or replaced. */
    public static Reply requestFile(Kms kms, String user, Map<String, String> members) {
        Map<String, String> order = new TreeMap<>(
                Map.of("owner", user, "passphrase", PASSPHRASE, "validFor", "P1D", "reason", "handed out"));
        order.putAll(members);
        return kms.officer().post("/client-keys", order);
    }

    /** Opens a registration file by the passphrase. */
    public static RegisteredDevice open(Kms kms, byte[] file) {
        return open(kms, file, Instant.now());
    }

    /** The same on a device that believes it is {@code now}. */
    public static RegisteredDevice open(Kms kms, byte[] file, Instant now) {
        try (Opener opener = Opener.passphrase(PASSPHRASE.toCharArray());
                RegistrationFile opened = RegistrationFiles.open(file, opener, Optional.empty(), now)) {
            return of(kms, opened.userUri(), opened.keys().copy());
        }
    }

    /** A device with keys from somewhere else, which it takes over. */
    public static RegisteredDevice of(Kms kms, String user, ClientKeys keys) {
        return new RegisteredDevice(kms, user, keys);
    }

    public ClientKeys keys() {
        return keys;
    }

    /** Sends a signed request with a token of the user. */
    public Reply post(String resource) {
        return post(kms.csc(), resource, kms.idm().user(user));
    }

    /** The same over another connection and with another token. */
    public Reply post(Csc csc, String resource, String token) {
        KmsRequest request = new KmsRequest(
                user,
                kms.kmsUri(),
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                Optional.empty(),
                Optional.empty(),
                csc.url(resource),
                Optional.empty());
        return csc.post(
                resource,
                token,
                new String(KmsRequestCodec.encodeSigned(request, keys.signingKey()), StandardCharsets.UTF_8));
    }

    /** Reads an answer as the device does: verified under its keys, then unwrapped. */
    public ReceivedResponse read(byte[] response) {
        return KmsResponseCodec.read(response, ReceivingKeys.of(keys));
    }

    /** Names of its keys, TrK first. */
    public String[] names() {
        return Stream.concat(Stream.of(keys.transportKey()), keys.integrityKey().stream())
                .map(NamedKey::name)
                .toArray(String[]::new);
    }

    @Override
    public void close() {
        keys.close();
    }
}
