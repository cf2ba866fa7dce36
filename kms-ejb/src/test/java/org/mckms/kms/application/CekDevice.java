package org.mckms.kms.application;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.mckms.kms.application.cek.CekRequest;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.kms.domain.ClientKind;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.cek.Cek;
import org.mckms.protocol.cek.CekAcknowledgement;
import org.mckms.protocol.cek.CekEnd;
import org.mckms.protocol.cek.CekList;
import org.mckms.protocol.cek.CekOrder;
import org.mckms.protocol.cek.CekQuery;
import org.mckms.protocol.cek.RequestExtension;
import org.mckms.protocol.codec.KmsResponseCodec;
import org.mckms.protocol.codec.ReceivingKeys;
import org.mckms.protocol.message.KmsRequest;
import org.mckms.protocol.message.KmsResponse;

/** A user's device or an MC server that asks for content encryption keys: signed requests, answers read over the wire. */
final class CekDevice {

    private static final String ROOT = "/keymanagement/cek/v1";

    final AuthenticatedIdentity caller;
    private final ServerRig rig;
    private final TestDevice device;
    private int asked;

    @FunctionalInterface
    private interface UseCase {
        KmsResponse answer(AuthenticatedIdentity caller, CekRequest request, AnswerForm form);
    }

    private CekDevice(ServerRig rig, AuthenticatedIdentity caller, String name) {
        this.rig = rig;
        this.caller = caller;
        this.device = TestDevice.registered(rig, caller.primaryUri(), name);
    }

    static CekDevice user(ServerRig rig, String uri) {
        return user(rig, ServerRig.user(uri), "default");
    }

    static CekDevice user(ServerRig rig, AuthenticatedIdentity caller, String device) {
        return new CekDevice(rig, caller, device);
    }

    static CekDevice server(ServerRig rig, String uri) {
        return new CekDevice(rig, ServerRig.server(ClientKind.MC_SERVER, uri), "default");
    }

    static CekOrder session(String session) {
        return new CekOrder(Optional.of(session), Optional.empty());
    }

    static CekOrder noSession() {
        return new CekOrder(Optional.empty(), Optional.empty());
    }

    List<Cek> current(CekOrder order) {
        return ask(rig.ceks.keys::current, request("/" + caller.primaryUri(), Optional.of(caller.primaryUri()), order));
    }

    /** The one key of a scope without a session. */
    Cek current() {
        return only(current(noSession()));
    }

    List<Cek> renew(String user, CekOrder order) {
        return ask(rig.ceks.keys::renew, request("/" + user + "/renew", Optional.of(user), order));
    }

    List<Cek> list(CekQuery query) {
        return ask(rig.ceks.keys::list, request("/list", Optional.empty(), query));
    }

    List<Cek> acknowledge(CekAcknowledgement.Item... items) {
        return ask(
                rig.ceks.keys::acknowledge,
                request("/acknowledgements", Optional.empty(), new CekAcknowledgement(List.of(items))));
    }

    List<Cek> end(CekEnd end) {
        return ask(rig.ceks.keys::end, request("/ends", Optional.empty(), end));
    }

    /** A signed request; each is another one. */
    CekRequest request(String path, Optional<String> user, RequestExtension extension) {
        String url = ServerRig.BASE + ROOT + path;
        KmsRequest request = SignedRequests.request(
                        caller.primaryUri(), rig.time.instant().plusMillis(asked++), url)
                .with(extension);
        return new CekRequest(
                user, Optional.of(SignedRequests.signed(request, device.keys().signingKey())), ROOT + path);
    }

    private List<Cek> ask(UseCase useCase, CekRequest request) {
        try (AnswerForm form = new AnswerForm();
                KmsResponse response = useCase.answer(caller, request, form)) {
            byte[] wire = KmsResponseCodec.encode(response, form.dialect(), form.protection());
            return ((CekList) KmsResponseCodec.read(wire, ReceivingKeys.of(device.keys()))
                            .response()
                            .answer())
                    .ceks();
        }
    }

    static Cek only(List<Cek> ceks) {
        if (ceks.size() != 1) {
            throw new AssertionError(ceks.size() + " keys");
        }
        return ceks.get(0);
    }

    /** The octets of a key, to compare them. */
    static Octets octets(Cek cek) {
        Function<byte[], Octets> copy = Octets::copyOf;
        return cek.key().orElseThrow().use(copy);
    }

    static CekAcknowledgement.Item stored(Cek cek) {
        return CekAcknowledgement.Item.stored(cek);
    }
}
