package org.mckms.client.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.mckms.client.TestDomain;
import org.mckms.client.TlsMaterial;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.protocol.cek.Cek;
import org.mckms.protocol.cek.CekAcknowledgement;
import org.mckms.protocol.cek.CekEnd;
import org.mckms.protocol.cek.CekList;
import org.mckms.protocol.cek.CekOrder;
import org.mckms.protocol.cek.CekQuery;
import org.mckms.protocol.cek.CekStatus;
import org.mckms.protocol.cek.RequestExtension;
import org.mckms.protocol.codec.KmsRequestCodec;
import org.mckms.protocol.codec.RequestLeniency;
import org.mckms.protocol.smime.ContentEncryptionKey;

/** Content encryption keys of one server, as far as the demonstration needs them: made, pushed at once, renewed, ended. */
final class DemoCeks {
    static final String ROOT = "/keymanagement/cek/v1";

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final URI address;
    private final HttpClient https;
    private final BiFunction<String, CekList, byte[]> pushes;
    private final List<Key> keys = new ArrayList<>();
    private int pushesFailed;
    private boolean pushesNothing;
    private boolean activatesUnacknowledged;
    private boolean keepsTheEndToItself;

    /**
     * @param address of the server
     * @param tls what is shown to it
     * @param pushes a SignedKmsResponse for the server, with this address
     */
    DemoCeks(URI address, TlsMaterial tls, BiFunction<String, CekList, byte[]> pushes) {
        this.address = address;
        this.https = HttpClient.newBuilder()
                .sslContext(tls.context())
                .connectTimeout(LIMIT)
                .build();
        this.pushes = pushes;
    }

    void pushNothing() {
        pushesNothing = true;
    }

    void activateUnacknowledged() {
        activatesUnacknowledged = true;
    }

    void keepTheEndToItself() {
        keepsTheEndToItself = true;
    }

    /** How often the server could not be reached. */
    int pushesFailed() {
        return pushesFailed;
    }

    private static final class Key {
        private final int number;
        private final String user;
        private final Optional<String> session;
        private CekStatus status = CekStatus.PENDING;
        private long revision = 1;
        private long acknowledged;

        Key(int number, String user, Optional<String> session) {
            this.number = number;
            this.user = user;
            this.session = session;
        }

        boolean isOf(String owner, Optional<String> wanted) {
            return user.equals(owner) && session.equals(wanted);
        }

        void become(CekStatus next) {
            status = next;
            revision++;
        }

        Octets keyId() {
            return Octets.copyOf(filled(ContentEncryptionKey.KEY_ID_OCTETS, number));
        }

        Cek cek(boolean forServer) {
            return new Cek(
                    keyId(),
                    revision,
                    forServer ? Optional.of(user) : Optional.empty(),
                    TestDomain.SERVER,
                    session,
                    status,
                    TestDomain.NOW,
                    Optional.of(TestDomain.NOW.plus(Duration.ofHours(1))),
                    Optional.empty(),
                    OptionalLong.empty(),
                    status == CekStatus.REVOKED
                            ? Optional.empty()
                            : Optional.of(new ContentEncryptionKey(
                                    keyId(),
                                    SecretOctets.takeFrom(filled(ContentEncryptionKey.KEY_OCTETS, 128 + number)))));
        }

        private static byte[] filled(int octets, int value) {
            byte[] filled = new byte[octets];
            Arrays.fill(filled, (byte) value);
            return filled;
        }
    }

    /** What comes with key sets. */
    CekList provisioned(String user) {
        return current(user, Optional.empty(), false);
    }

    /** What is answered to a request that was admitted. */
    CekList answer(String path, String caller, RequestExtension extension) {
        String[] parts = path.substring(1).split("/");
        if (extension instanceof CekOrder order) {
            String user = URLDecoder.decode(parts[0], StandardCharsets.UTF_8);
            if (parts.length > 1) {
                keys.add(new Key(keys.size() + 1, user, order.session()));
            }
            return current(user, order.session(), caller.equals(TestDomain.SERVER));
        }
        if (extension instanceof CekEnd end) {
            Predicate<Key> meant = key -> end.all() && key.user.equals(caller)
                    || end.session().isPresent() && key.session.equals(end.session());
            keys.stream()
                    .filter(key -> meant.test(key) && key.status != CekStatus.REVOKED)
                    .forEach(key -> key.become(CekStatus.REVOKED));
            if (!caller.equals(TestDomain.SERVER)) {
                push();
            }
            return new CekList(List.of());
        }
        if (extension instanceof CekAcknowledgement acknowledgement) {
            acknowledged(acknowledgement);
            return new CekList(List.of());
        }
        return list(key -> key.acknowledged < key.revision && !isFurtherPage(extension), true);
    }

    /** A second page is always empty. */
    private static boolean isFurtherPage(RequestExtension extension) {
        return extension instanceof CekQuery query && query.after().isPresent();
    }

    /** The notices of a user, all of them and then the end. */
    String events(String user) {
        StringBuilder text = new StringBuilder();
        keys.stream()
                .filter(key -> key.user.equals(user))
                .filter(key -> !(keepsTheEndToItself && key.status == CekStatus.REVOKED))
                .forEach(key -> text.append("event: cek\ndata: {\"user\":\"" + user + "\",\"keyId\":\""
                        + key.keyId().toHex() + "\",\"revision\":" + key.revision + ",\"status\":\""
                        + key.status.wireName() + "\"}\n\n"));
        return text.append("event: end\ndata: {\"reason\":\"test\"}\n\n").toString();
    }

    private CekList current(String user, Optional<String> session, boolean forServer) {
        if (keys.stream()
                .noneMatch(key -> key.isOf(user, session)
                        && (key.status == CekStatus.ACTIVE || key.status == CekStatus.PENDING))) {
            keys.add(new Key(keys.size() + 1, user, session));
        }
        push();
        if (activatesUnacknowledged) {
            keys.stream().filter(key -> key.status == CekStatus.PENDING).forEach(this::activate);
        }
        return list(key -> key.isOf(user, session), forServer);
    }

    private void push() {
        if (pushesNothing || keys.stream().noneMatch(key -> key.acknowledged < key.revision)) {
            return;
        }
        byte[] document = pushes.apply(address.toString(), list(key -> key.acknowledged < key.revision, true));
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(LIMIT)
                .header("Content-Type", "application/xml")
                .POST(HttpRequest.BodyPublishers.ofByteArray(document))
                .build();
        try {
            HttpResponse<byte[]> answer = https.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() == 200) {
                acknowledged((CekAcknowledgement) KmsRequestCodec.read(answer.body(), RequestLeniency.STANDARD)
                        .request()
                        .extension()
                        .orElseThrow());
            }
        } catch (IOException e) {
            pushesFailed++;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void acknowledged(CekAcknowledgement acknowledgement) {
        for (CekAcknowledgement.Item item : acknowledgement.items()) {
            Key key = keys.stream()
                    .filter(held -> held.keyId().equals(item.keyId()))
                    .findFirst()
                    .orElseThrow();
            key.acknowledged = item.revision();
            if (key.status == CekStatus.PENDING && item.fault().isEmpty()) {
                activate(key);
            }
        }
    }

    private void activate(Key key) {
        keys.stream()
                .filter(other -> other.isOf(key.user, key.session) && other.status == CekStatus.ACTIVE)
                .forEach(other -> other.become(CekStatus.RETIRING));
        key.status = CekStatus.ACTIVE;
    }

    private CekList list(Predicate<Key> wanted, boolean forServer) {
        return new CekList(
                keys.stream().filter(wanted).map(key -> key.cek(forServer)).toList());
    }
}
