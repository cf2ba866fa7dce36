package org.mckms.kms.application;

import java.time.Instant;
import java.util.Optional;
import org.mckms.kms.domain.ClientKeyNames;
import org.mckms.kms.domain.ClientKeysId;
import org.mckms.kms.domain.ProvisioningRequest;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.codec.KmsResponseCodec;
import org.mckms.protocol.codec.ReceivedResponse;
import org.mckms.protocol.codec.ReceivingKeys;
import org.mckms.protocol.message.KmsKeyProv;
import org.mckms.protocol.message.KmsResponse;
import org.mckms.protocol.security.ClientKeys;
import org.mckms.protocol.security.NamedKey;

/** A device with a TrK and an InK, which asks for its keys as a client does. */
final class TestDevice implements AutoCloseable {

    private static final Instant NO_LIMIT = Instant.parse("2100-01-01T00:00:00Z");

    private final ServerRig rig;
    private final String owner;
    private ClientKeys keys;
    private int asked;

    private TestDevice(ServerRig rig, String owner, ClientKeys keys) {
        this.rig = rig;
        this.owner = owner;
        this.keys = keys;
    }

    /** Registers a device with fresh keys of both kinds. */
    static TestDevice registered(ServerRig rig, String owner, String device) {
        return registered(rig, owner, device, true, NO_LIMIT);
    }

    static TestDevice registered(
            ServerRig rig, String owner, String device, boolean withIntegrityKey, Instant usableUntil) {
        ClientKeys keys = rig.transactions.inNew(() -> {
            ClientKeyNames names = rig.clientKeys.nextNames(owner);
            ClientKeys fresh = rig.rotation.fresh(names, withIntegrityKey);
            rig.clientKeys.register(
                    new ClientKeysId(owner, device), fresh, Optional.of(usableUntil), rig.time.instant());
            return fresh;
        });
        return new TestDevice(rig, owner, keys);
    }

    ClientKeys keys() {
        return keys;
    }

    /** Uses other keys from now on, as a device does that was sent new ones. */
    void use(ClientKeys others) {
        keys = others;
    }

    /** A signed request; each is another one. */
    ProvisioningRequest request() {
        return request(keys.signingKey());
    }

    ProvisioningRequest request(NamedKey key) {
        return with(SignedRequests.signed(
                SignedRequests.request(owner, rig.time.instant().plusMillis(asked++), url()), key));
    }

    ProvisioningRequest with(Octets body) {
        return new ProvisioningRequest(Optional.of(owner), Optional.empty(), Optional.of(body), path());
    }

    String url() {
        return ServerRig.BASE + path();
    }

    private String path() {
        return ServerRig.PATH + "/" + owner;
    }

    /** Asks, and reads the answer over the wire with the keys it has. */
    ReceivedResponse ask() {
        return ask(request());
    }

    ReceivedResponse ask(ProvisioningRequest request) {
        try (AnswerForm form = new AnswerForm();
                KmsResponse response = rig.provisioning.provision(ServerRig.user(owner), request, form)) {
            return KmsResponseCodec.read(
                    KmsResponseCodec.encode(response, form.dialect(), form.protection()), ReceivingKeys.of(keys));
        }
    }

    /** The new keys in an answer. */
    static Optional<ClientKeys> newKeys(ReceivedResponse received) {
        return ((KmsKeyProv) received.response().answer()).newKeys();
    }

    @Override
    public void close() {
        keys.close();
    }
}
