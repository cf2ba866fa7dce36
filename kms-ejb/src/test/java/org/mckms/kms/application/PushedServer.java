package org.mckms.kms.application;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.mckms.kms.application.cek.CekRequest;
import org.mckms.kms.domain.ClientKind;
import org.mckms.kms.domain.cek.CekReference;
import org.mckms.kms.domain.cek.McServerChannel;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.config.DeliverySettings;
import org.mckms.platform.delivery.DeliveryModule;
import org.mckms.platform.delivery.DeliveryOrder;
import org.mckms.platform.delivery.DeliveryView;
import org.mckms.platform.delivery.JdbcOutbox;
import org.mckms.protocol.cek.Cek;
import org.mckms.protocol.cek.CekAcknowledgement;
import org.mckms.protocol.cek.CekAcknowledgement.Item;
import org.mckms.protocol.cek.CekList;
import org.mckms.protocol.cek.CekStatus;
import org.mckms.protocol.codec.KmsRequestCodec;
import org.mckms.protocol.codec.KmsResponseCodec;
import org.mckms.protocol.codec.ReceivedResponse;
import org.mckms.protocol.codec.ReceivingKeys;
import org.mckms.protocol.message.KmsRequest;
import org.mckms.protocol.message.KmsResponse;
import org.mckms.protocol.security.NamedKey;

/** An MC server that pushes go to over a channel in memory, and the deliveries of the KMS that bring them. */
final class PushedServer implements AutoCloseable {

    static final String URL = "https://mcptt.example.org/ceks";
    static final int ATTEMPTS = 5;

    /** What a push said of one key. */
    record Told(Octets keyId, long revision, CekStatus status, Optional<String> user, boolean withKey) {}

    final ServerRig rig = new ServerRig(ServerRig.WITH_CEKS);
    final TestDevice device;
    final List<List<Told>> pushes = new ArrayList<>();
    final ServerDevices devices = new ServerDevices();
    private final Deque<String> queue = new ArrayDeque<>();
    private final DeliveryModule deliveries;

    /** What it answers. */
    Function<ReceivedResponse, McServerChannel.Answer> behaviour = this::acknowledge;

    PushedServer() {
        this(new DeliverySettings(4, ATTEMPTS, Duration.ofSeconds(10)));
    }

    PushedServer(DeliverySettings settings) {
        rig.epoch();
        device = TestDevice.registered(rig, ServerRig.MCPTT, "default");
        devices.clientKeys = rig.clientKeys;
        devices.rotation = rig.rotation;
        devices.identities = rig.identities;
        devices.settings = rig.settings;
        deliveries = DeliveryModule.over(
                rig.transactions.dataSource(),
                rig.committing,
                () -> true,
                queue::add,
                List.of(rig.ceks.delivery(rig.cekServer, devices, this::receive)),
                "node-1",
                settings,
                rig.audit,
                rig.time,
                new SecureRandom());
    }

    private McServerChannel.Answer receive(String url, byte[] document) {
        try (ReceivedResponse received = KmsResponseCodec.read(document, ReceivingKeys.of(device.keys()))) {
            pushes.add(list(received).ceks().stream().map(PushedServer::told).toList());
            return behaviour.apply(received);
        }
    }

    private static CekList list(ReceivedResponse received) {
        return (CekList) received.response().answer();
    }

    private static Told told(Cek cek) {
        return new Told(
                cek.keyId(),
                cek.revision(),
                cek.status(),
                cek.userUri(),
                cek.key().isPresent());
    }

    /** That it has taken all of a push. */
    McServerChannel.Answer acknowledge(ReceivedResponse received) {
        return answer(list(received).ceks().stream().map(Item::stored).toList());
    }

    /** What it says of some keys. */
    McServerChannel.Answer answer(List<Item> items) {
        return signed(request(items), device.keys().signingKey());
    }

    McServerChannel.Answer signed(KmsRequest request, NamedKey key) {
        return new McServerChannel.Taken(Octets.copyOf(KmsRequestCodec.encodeSigned(request, key)));
    }

    KmsRequest request(List<Item> items) {
        return request(ServerRig.MCPTT, rig.time.instant(), URL, items);
    }

    static KmsRequest request(String userUri, Instant time, String url, List<Item> items) {
        return SignedRequests.request(userUri, time, url).with(new CekAcknowledgement(items));
    }

    /** A user asks for its key. */
    Cek keyOf(String user) {
        CekRequest request =
                new CekRequest(Optional.of(user), Optional.empty(), ServerRig.BASE + "/keymanagement/cek/v1/" + user);
        try (AnswerForm form = new AnswerForm();
                KmsResponse response = rig.ceks.keys.current(ServerRig.user(user), request, form)) {
            return ((CekList) response.answer()).ceks().get(0);
        }
    }

    /** The server asks for what it has missed, and reads no further. */
    void pull() {
        String url = ServerRig.BASE + "/keymanagement/cek/v1/list";
        Octets body = SignedRequests.signed(
                SignedRequests.request(ServerRig.MCPTT, rig.time.instant(), url),
                device.keys().signingKey());
        try (AnswerForm form = new AnswerForm()) {
            rig.ceks
                    .keys
                    .list(
                            ServerRig.server(ClientKind.MC_SERVER, ServerRig.MCPTT),
                            new CekRequest(Optional.empty(), Optional.of(body), url),
                            form)
                    .close();
        }
    }

    /** Delivers what is due. */
    void workOff() {
        deliveries.pump().run();
        while (!queue.isEmpty()) {
            deliveries.worker().work(queue.remove());
            deliveries.pump().run();
        }
    }

    void order(String destination, String reference) {
        rig.transactions.inNew(() -> new JdbcOutbox(rig.transactions.dataSource(), rig.time, () -> {})
                .put(CekReference.TOPIC, new DeliveryOrder(destination, reference)));
    }

    void retry(UUID delivery) {
        rig.transactions.inNew(() -> deliveries.desk().retry(delivery, rig.time.instant()));
    }

    /** Deliveries that have not arrived. */
    List<DeliveryView> left() {
        return rig.transactions.inNew(() -> deliveries.desk().page(Optional.empty(), 0, 1000));
    }

    @Override
    public void close() {
        device.close();
        rig.close();
    }
}
