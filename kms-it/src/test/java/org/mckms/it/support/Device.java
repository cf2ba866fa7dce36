package org.mckms.it.support;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.mckms.protocol.codec.KmsRequestCodec;
import org.mckms.protocol.codec.KmsResponseCodec;
import org.mckms.protocol.codec.ReceivedResponse;
import org.mckms.protocol.codec.ReceivingKeys;
import org.mckms.protocol.message.KmsInit;
import org.mckms.protocol.message.KmsKeyProv;
import org.mckms.protocol.message.KmsRequest;
import org.mckms.protocol.security.ClientKeys;
import org.mckms.protocol.security.NamedKey;

/** A device of a user with a TrK and an InK that the site has made and imported. */
public final class Device {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Kms kms;
    private final String owner;
    private final String name;
    private final String token;
    private ClientKeys keys;

    private Device(Kms kms, String owner, String name, ClientKeys keys) {
        this.kms = kms;
        this.owner = owner;
        this.name = name;
        this.token = kms.idm().user(owner);
        this.keys = keys;
    }

    /** Registers a device by importing keys of its own. */
    public static Device registered(Kms kms, String owner, String name) {
        byte[] transport = random();
        byte[] integrity = random();
        String transportName = "tk." + name + "." + owner;
        String integrityName = "ink." + name + "." + owner;
        AdminFace.object(kms.officer()
                .post(
                        "/client-keys/import",
                        Map.of(
                                "owner",
                                owner,
                                "device",
                                name,
                                "validFor",
                                "P1D",
                                "reason",
                                "test",
                                "transportKeyName",
                                transportName,
                                "transportKey",
                                HexFormat.of().formatHex(transport),
                                "integrityKeyName",
                                integrityName,
                                "integrityKey",
                                HexFormat.of().formatHex(integrity))));
        return new Device(
                kms,
                owner,
                name,
                new ClientKeys(
                        NamedKey.takeFrom(transportName, transport),
                        Optional.of(NamedKey.takeFrom(integrityName, integrity))));
    }

    private static byte[] random() {
        byte[] key = new byte[NamedKey.KEY_OCTETS];
        RANDOM.nextBytes(key);
        return key;
    }

    public ClientKeys keys() {
        return keys;
    }

    public String owner() {
        return owner;
    }

    /** Forgets the keys of before, as a device does that has stored new ones. */
    public void use(ClientKeys fresh) {
        keys = fresh;
    }

    /** The path of its keys. */
    public String keyprov() {
        return "/keyprov/" + Csc.encoded(owner);
    }

    /** A SignedKmsRequest as this device writes it now. */
    public String request(String resource) {
        return request(resource, owner, Instant.now(), keys.signingKey());
    }

    /** A SignedKmsRequest with one thing or another that is not this device's. */
    public String request(String resource, String userUri, Instant time, NamedKey key) {
        KmsRequest request = new KmsRequest(
                userUri,
                kms.kmsUri(),
                time,
                Optional.empty(),
                Optional.of(name),
                kms.csc().url(resource),
                Optional.empty());
        return new String(KmsRequestCodec.encodeSigned(request, key), StandardCharsets.UTF_8);
    }

    /** Posts what it likes. */
    public Reply post(String resource, String body) {
        return kms.csc().post(resource, token, body);
    }

    /** Posts an empty body. */
    public Reply postNothing(String resource) {
        return kms.csc().post(resource, token);
    }

    /** A signed request for its keys. */
    public Reply askForKeys() {
        return post(keyprov(), request(keyprov()));
    }

    /** Verifies and unwraps an answer with the keys it has. */
    public ReceivedResponse read(Reply reply) {
        return KmsResponseCodec.read(reply.body(), ReceivingKeys.of(keys));
    }

    /** The new TrK and InK in an answer. */
    public Optional<ClientKeys> newKeys(Reply reply) {
        return read(reply).response().message().flatMap(message -> {
            if (message instanceof KmsKeyProv keyProv) {
                return keyProv.newKeys();
            }
            return message instanceof KmsInit init ? init.newKeys() : Optional.empty();
        });
    }
}
