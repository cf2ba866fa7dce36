package org.mckms.client.cli;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.mckms.client.ClientBench;
import org.mckms.client.StubServer.Reply;
import org.mckms.client.StubServer.Request;
import org.mckms.client.TestDomain;
import org.mckms.client.TestEpoch;
import org.mckms.client.TestSigner;
import org.mckms.client.TlsMaterial;
import org.mckms.client.store.TestKeys;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyPeriod;
import org.mckms.protocol.bundle.ProvisioningBundle;
import org.mckms.protocol.bundle.ProvisioningBundles;
import org.mckms.protocol.cek.RequestExtension;
import org.mckms.protocol.codec.KmsRequestCodec;
import org.mckms.protocol.codec.KmsResponseCodec;
import org.mckms.protocol.codec.RequestLeniency;
import org.mckms.protocol.codec.ResponseProtection;
import org.mckms.protocol.codec.WireDialect;
import org.mckms.protocol.element.KmsAnswer;
import org.mckms.protocol.message.KmsError;
import org.mckms.protocol.message.KmsInit;
import org.mckms.protocol.message.KmsKeyProv;
import org.mckms.protocol.message.KmsResponse;
import org.mckms.protocol.partner.PartnerCertificateDocument;
import org.mckms.protocol.sealed.Recipient;
import org.mckms.protocol.sealed.RegistrationFile;
import org.mckms.protocol.sealed.RegistrationFiles;
import org.mckms.protocol.security.ClientKeys;
import org.mckms.protocol.security.MessageSignature;

/** Both faces of a KMS, as far as the demonstration needs them: registers devices, and serves them and a server. */
final class DemoKms implements Function<Request, Reply> {
    private static final TestEpoch EPOCH = ClientBench.FIRST;
    private static final String CSC = "/keymanagement/identity/v1";
    private static final String ADMIN = "/admin/v1";
    private static final Instant NOW = TestDomain.NOW;

    private final FakeKms tokens;
    private final TestSigner signer;
    private final Map<String, Integer> active = new HashMap<>();
    private final Map<String, Integer> pending = new HashMap<>();
    private final Map<String, String> asked = new HashMap<>();
    private Optional<DemoCeks> ceks = Optional.empty();
    private String baseUrl = "https://localhost:1";
    private boolean anybodyMayAsk;
    private boolean neverRotates;
    private Optional<String> wrongKeysOf = Optional.empty();

    /** @param tokens checks access tokens */
    DemoKms(FakeKms tokens, TestSigner signer) {
        this.tokens = tokens;
        this.signer = signer;
    }

    /** From now on there are content encryption keys. @param tls what the KMS shows to the MC server */
    DemoCeks givingCeks(URI address, TlsMaterial tls) {
        DemoCeks made = new DemoCeks(address, tls, (url, list) -> answer(TestDomain.SERVER, url, list));
        ceks = Optional.of(made);
        return made;
    }

    /** Registrations from now on name this address. */
    void reachedAt(URI address) {
        baseUrl = address.toString();
    }

    void letAnybodyAsk() {
        anybodyMayAsk = true;
    }

    void neverRotate() {
        neverRotates = true;
    }

    /** From now on this user gets the keys of somebody else. */
    void spoil(String user) {
        wrongKeysOf = Optional.of(user);
    }

    @Override
    public synchronized Reply apply(Request request) {
        if (request.target().equals(DemoCeks.ROOT + "/events")) {
            String user = tokens.userOf(request).orElseThrow();
            return Reply.text(200, "text/event-stream", ceks.orElseThrow().events(user));
        }
        return request.target().startsWith(ADMIN)
                ? operators(request, request.target().substring(ADMIN.length()))
                : tokens.userOf(request)
                        .map(user -> client(request, user))
                        .orElse(new Reply(401, Map.of("WWW-Authenticate", "Bearer"), new byte[0]));
    }

    private Reply operators(Request request, String path) {
        if (path.equals("/client-keys")) {
            JsonObject order = body(request);
            int number = active.merge(order.getString("owner"), 1, Integer::sum);
            return file(registration(order, number));
        }
        if (path.equals("/client-keys/request")) {
            asked.put(body(request).getString("owner"), request.client().orElseThrow());
            return Reply.json(200, "{\"outcome\":\"REQUESTED\"}");
        }
        if (path.equals("/client-keys/approve")) {
            JsonObject order = body(request);
            boolean another = !request.client().equals(Optional.ofNullable(asked.get(order.getString("owner"))));
            return another
                    ? file(registration(order, active.merge(order.getString("owner"), 1, Integer::sum)))
                    : Reply.json(
                            409, "{\"error\":{\"name\":\"SECOND_OFFICER_REQUIRED\",\"message\":\"another officer\"}}");
        }
        if (path.equals("/client-keys/rotate")) {
            String owner = body(request).getString("owner");
            if (!neverRotates) {
                pending.put(owner, active.get(owner) + 1);
            }
            return Reply.json(200, "{}");
        }
        if (path.endsWith("/bundles/1")) {
            return file(bundle());
        }
        if (path.startsWith("/deliveries")) {
            return Reply.json(200, "{\"deliveries\":[]}");
        }
        if (path.equals("/certificate")) {
            return Reply.xml(
                    200, PartnerCertificateDocument.write(PartnerCertificateDocument.asExternal(EPOCH.root()), signer));
        }
        return Reply.json(
                200, "{\"id\":\"j\",\"state\":\"FINISHED\",\"done\":1,\"firstPeriod\":1514,\"lastPeriod\":1515}");
    }

    private byte[] registration(JsonObject order, int number) {
        String owner = order.getString("owner");
        try (RegistrationFile file = new RegistrationFile(
                        "registration-" + number,
                        TestDomain.KMS_URI,
                        List.of(baseUrl),
                        owner,
                        order.getString("device", "node-1"),
                        TestKeys.clientKeys(number, owner),
                        NOW.plusSeconds(3600),
                        EPOCH.root());
                Recipient recipient =
                        Recipient.passphrase(order.getString("passphrase").toCharArray())) {
            return RegistrationFiles.seal(file, recipient, signer, new SecureRandom());
        }
    }

    private byte[] bundle() {
        String user = TestDomain.ALICE;
        KeyPeriod first = EPOCH.root().schedule().at(NOW);
        return ProvisioningBundles.sign(
                new ProvisioningBundle(
                        TestDomain.KMS_URI,
                        user,
                        DemoOperators.DEVICE,
                        NOW,
                        Octets.copyOf(answer(user, "bundle", new KmsInit(EPOCH.root()))),
                        Octets.copyOf(answer(
                                user,
                                "bundle",
                                new KmsKeyProv(List.of(EPOCH.keySet(user, first), EPOCH.keySet(user, first.next())))))),
                signer);
    }

    private Reply client(Request request, String user) {
        String url = "https://localhost" + request.target();
        if (active.containsKey(user)) {
            var received = request.body().length == 0
                    ? Optional.<MessageSignature>empty()
                    : KmsRequestCodec.read(request.body(), RequestLeniency.STANDARD)
                            .signature();
            if (!received.map(signature -> admits(user, signature)).orElse(false)) {
                return refusal(user, "a signature is required");
            }
            url = KmsRequestCodec.read(request.body(), RequestLeniency.STANDARD)
                    .request()
                    .clientReqUrl();
        }
        if (request.target().startsWith(DemoCeks.ROOT)) {
            RequestExtension asked = KmsRequestCodec.read(request.body(), RequestLeniency.STANDARD)
                    .request()
                    .extension()
                    .orElseThrow();
            String path = request.target().substring(DemoCeks.ROOT.length());
            return Reply.xml(200, answer(user, url, ceks.orElseThrow().answer(path, user, asked)));
        }
        String[] parts = request.target().substring(CSC.length() + 1).split("/");
        String wanted = parts.length > 1 ? URLDecoder.decode(parts[1], StandardCharsets.UTF_8) : user;
        if (!wanted.equals(user) && !anybodyMayAsk) {
            return refusal(user, "not your identity");
        }
        String given = wrongKeysOf.filter(wanted::equals).isPresent() ? "sip:mallory@example.org" : wanted;
        Optional<ClientKeys> fresh =
                Optional.ofNullable(pending.get(user)).map(number -> TestKeys.clientKeys(number, user));
        return Reply.xml(
                200,
                answer(
                        user,
                        url,
                        parts[0].equals("init")
                                ? new KmsInit(EPOCH.root(), fresh)
                                : new KmsKeyProv(
                                        List.of(EPOCH.keySet(given, NOW)),
                                        fresh,
                                        ceks.filter(any -> active.containsKey(user))
                                                .map(all -> all.provisioned(user)))));
    }

    private boolean admits(String user, MessageSignature signature) {
        if (verifies(user, active.get(user), signature)) {
            return true;
        }
        if (pending.containsKey(user) && verifies(user, pending.get(user), signature)) {
            active.put(user, pending.remove(user));
            return true;
        }
        return false;
    }

    private static boolean verifies(String user, int number, MessageSignature signature) {
        try (ClientKeys keys = TestKeys.clientKeys(number, user)) {
            return signature.verifies(keys.signingKey());
        }
    }

    private byte[] answer(String user, String url, KmsAnswer message) {
        try (KmsResponse response = new KmsResponse(user, TestDomain.KMS_URI, NOW, Optional.of("demo"), url, message);
                ResponseProtection protection = protection(user)) {
            return KmsResponseCodec.encode(response, WireDialect.STANDARD, protection);
        }
    }

    private ResponseProtection protection(String user) {
        if (!active.containsKey(user)) {
            return ResponseProtection.NONE;
        }
        try (ClientKeys keys = TestKeys.clientKeys(active.get(user), user)) {
            return new ResponseProtection(
                    Optional.of(keys.transportKey().copy()),
                    Optional.of(keys.signingKey().copy()));
        }
    }

    private static Reply refusal(String user, String text) {
        try (KmsResponse response = new KmsResponse(
                user, TestDomain.KMS_URI, NOW, Optional.empty(), "https://localhost/", new KmsError(403, text))) {
            return Reply.xml(403, KmsResponseCodec.encode(response, WireDialect.STANDARD, ResponseProtection.NONE));
        }
    }

    private static Reply file(byte[] content) {
        return new Reply(200, Map.of("Content-Type", "application/octet-stream"), content);
    }

    private static JsonObject body(Request request) {
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(request.body()))) {
            return reader.readObject();
        }
    }
}
