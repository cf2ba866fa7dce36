package org.mckms.client;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.mckms.client.StubServer.Reply;
import org.mckms.client.StubServer.Request;
import org.mckms.client.store.TestKeys;
import org.mckms.mikeysakke.identity.NtpTimestamp;
import org.mckms.protocol.cek.CekList;
import org.mckms.protocol.cek.RequestExtension;
import org.mckms.protocol.codec.KmsRequestCodec;
import org.mckms.protocol.codec.KmsResponseCodec;
import org.mckms.protocol.codec.ReceivedRequest;
import org.mckms.protocol.codec.RequestLeniency;
import org.mckms.protocol.codec.ResponseProtection;
import org.mckms.protocol.codec.WireDialect;
import org.mckms.protocol.element.KmsAnswer;
import org.mckms.protocol.message.ClientError;
import org.mckms.protocol.message.KmsCertCache;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.KmsError;
import org.mckms.protocol.message.KmsInit;
import org.mckms.protocol.message.KmsKeyProv;
import org.mckms.protocol.message.KmsKeySet;
import org.mckms.protocol.message.KmsLookup;
import org.mckms.protocol.message.KmsRedirectResponse;
import org.mckms.protocol.message.KmsResponse;
import org.mckms.protocol.security.ClientKeys;
import org.mckms.protocol.security.MessageSignature;
import org.mckms.protocol.security.NamedKey;

/**
 * A KMS that knows one user and keeps to the rules: requests signed under TrK and InK that it knows, keys wrapped, answers
 * signed, at most one pending pair, announced again unchanged until it is used, and the old pair forgotten then. A test
 * tells it to break one of them.
 */
public final class StubKms implements Function<Request, Reply> {
    private static final String ROOT = "/keymanagement/identity/v1";
    private static final String CEK_ROOT = "/keymanagement/cek/v1";

    private final String user;
    private final Clock clock;
    private final List<ClientError> reported = new CopyOnWriteArrayList<>();
    private final List<KmsRedirectResponse> redirects = new CopyOnWriteArrayList<>();
    private final Map<String, TestEpoch> partners = new HashMap<>();
    private final List<KmsCertificate> cache = new ArrayList<>();
    private volatile TestEpoch epoch;
    private volatile Optional<TestEpoch> older = Optional.empty();
    private final Map<Integer, Integer> keptInks = new HashMap<>();
    private int active = 1;
    private Optional<Integer> pending = Optional.empty();
    private volatile Misdeed misdeed = Misdeed.NONE;
    private volatile Duration ahead = Duration.ofDays(365);
    private volatile BiFunction<String, Optional<RequestExtension>, CekList> ceks =
            (path, asked) -> new CekList(List.of());
    private volatile Supplier<Optional<CekList>> ceksOfKeySets = Optional::empty;

    /** How it breaks the rules. */
    public enum Misdeed {
        NONE,
        UNSIGNED,
        WRONG_SIGNATURE,
        SIGNED_UNDER_UNKNOWN_NAME,
        SIGNED_UNDER_TRK,
        KEYS_IN_CLEAR,
        WRAPPED_UNDER_OTHER_KEY,
        WRAPPED_UNDER_UNKNOWN_NAME,
        WRAPPED_UNDER_INK,
        PASSES_BY_TRK_ID,
        REFUSES_TRK_ID,
        KEYS_OF_ANOTHER_USER,
        KEYS_OF_ANOTHER_USER_UNDER_THIS_NAME,
        WRONG_PERIOD,
        NO_KEY_SET,
        ANSWER_TO_ANOTHER_REQUEST,
        ANSWER_FOR_ANOTHER_USER,
        ANSWER_OF_ANOTHER_KMS,
        STALE,
        CUT,
        NOT_XML,
        STATUS_401,
        STATUS_503,
        REVOKED_ROOT,
        ROOT_OF_ANOTHER_KMS,
        ROOT_OF_LATER
    }

    public StubKms(String user, TestEpoch epoch, Clock clock) {
        this.user = user;
        this.epoch = epoch;
        this.clock = clock;
    }

    public void does(Misdeed what) {
        misdeed = what;
    }

    /** From now on, another epoch is served. */
    public void goesTo(TestEpoch next) {
        epoch = next;
    }

    /** The same, and key sets of the epoch before are served too, first. */
    public void overlapsWith(TestEpoch next) {
        older = Optional.of(epoch);
        epoch = next;
    }

    /** Periods that begin later than this from now are not served. */
    public void serves(Duration longestAhead) {
        ahead = longestAhead;
    }

    /** What requests about content encryption keys are answered, by their path below the root. */
    public void servesCeks(BiFunction<String, Optional<RequestExtension>, CekList> answers) {
        ceks = answers;
    }

    /** Content encryption keys that go with key sets. */
    public void addsCeks(Supplier<CekList> handed) {
        ceksOfKeySets = () -> Optional.of(handed.get());
    }

    public synchronized void ordersRotation() {
        if (pending.isEmpty()) {
            announces(active + 1);
        }
    }

    /** Begins a rotation to this pair. */
    public synchronized void announces(int pair) {
        pending = Optional.of(pair);
    }

    /** Begins a rotation to another TrK and the same InK. */
    public synchronized void renewsTheTransportKey() {
        keptInks.put(active + 1, ink(active));
        announces(active + 1);
    }

    /** Forgets TrK and InK, as after a restore of an old database. */
    public synchronized void knowsOnly(int pair) {
        active = pair;
        pending = Optional.empty();
    }

    public synchronized int activePair() {
        return active;
    }

    public synchronized boolean hasPending() {
        return pending.isPresent();
    }

    public void adds(KmsCertificate partner) {
        cache.add(partner);
    }

    public void knows(String otherUser, TestEpoch otherEpoch) {
        partners.put(otherUser, otherEpoch);
    }

    public List<ClientError> reported() {
        return List.copyOf(reported);
    }

    public List<KmsRedirectResponse> redirects() {
        return List.copyOf(redirects);
    }

    @Override
    public synchronized Reply apply(Request request) {
        switch (misdeed) {
            case STATUS_401 -> {
                return new Reply(401, Map.of("WWW-Authenticate", "Bearer error=\"invalid_token\""), new byte[0]);
            }
            case STATUS_503 -> {
                return Reply.text(503, "text/plain", "away");
            }
            case NOT_XML -> {
                return Reply.xml(200, "no XML".getBytes(StandardCharsets.US_ASCII));
            }
            default -> {
                return serve(request);
            }
        }
    }

    private Reply serve(Request request) {
        ReceivedRequest received = KmsRequestCodec.read(request.body(), RequestLeniency.STANDARD);
        Optional<MessageSignature> signature = received.signature();
        String url = received.request().clientReqUrl();
        if (!signature.map(this::admits).orElse(false)) {
            return error(403, 4031, "a signature under a registered key is required", url);
        }
        Optional<String> trkId = received.request().trkId();
        if (misdeed == Misdeed.REFUSES_TRK_ID && trkId.isPresent()) {
            return error(400, 400, "the schema has no TrK-ID", url);
        }
        if (misdeed != Misdeed.PASSES_BY_TRK_ID
                && trkId.isPresent()
                && trkId.equals(pending.map(number -> "tk." + number + "." + user))) {
            activatePending();
        }
        received.request().clientError().ifPresent(reported::add);
        if (request.target().startsWith(CEK_ROOT)) {
            String resource = request.target().substring(CEK_ROOT.length());
            return answer(ceks.apply(resource, received.request().extension()), url);
        }
        String path = request.target().substring(ROOT.length());
        redirects.addAll(received.request().krrList());
        try {
            return answer(message(path), url);
        } catch (Refused e) {
            return error(e.status, e.code, e.getMessage(), url);
        }
    }

    /** Whether the signature holds; a first use of the pending pair makes it the active one. */
    private boolean admits(MessageSignature signature) {
        if (verifies(signature, active)) {
            return true;
        }
        if (pending.filter(number -> verifies(signature, number)).isPresent()) {
            activatePending();
            return true;
        }
        return false;
    }

    private void activatePending() {
        active = pending.orElseThrow();
        pending = Optional.empty();
    }

    private int ink(int number) {
        return keptInks.getOrDefault(number, number);
    }

    private ClientKeys pair(int number) {
        return TestKeys.clientKeys(number, ink(number), user);
    }

    private boolean verifies(MessageSignature signature, int number) {
        try (ClientKeys keys = pair(number)) {
            return signature.verifies(keys.signingKey());
        }
    }

    private KmsAnswer message(String path) {
        String[] parts = path.substring(1).split("/", -1);
        return switch (parts[0]) {
            case "init" -> new KmsInit(root(), newKeys());
            case "keyprov" -> new KmsKeyProv(keySets(parts), newKeys(), ceksOfKeySets.get());
            case "certcache" ->
                new KmsCertCache(
                        OptionalLong.of(cache.size()),
                        cache.subList(parts.length > 1 ? Integer.parseInt(parts[1]) : 0, cache.size()));
            case "cert" ->
                new KmsCertCache(
                        OptionalLong.empty(),
                        cache.stream()
                                .filter(each -> each.kmsUri().equals(decoded(parts[1])))
                                .toList());
            case "lookup" ->
                new KmsLookup(Optional.ofNullable(partners.get(decoded(parts[1]))).stream()
                        .map(other -> other.root().kmsUri())
                        .toList());
            case "redirect" -> new KmsLookup(List.of());
            default -> throw new Refused(404, 404, "no such resource");
        };
    }

    private KmsCertificate root() {
        KmsCertificate root = epoch.root();
        return switch (misdeed) {
            case REVOKED_ROOT -> altered(root, root.kmsUri(), root.validFrom().orElseThrow(), true);
            case ROOT_OF_ANOTHER_KMS ->
                altered(root, "kms.other.example", root.validFrom().orElseThrow(), false);
            case ROOT_OF_LATER -> altered(root, root.kmsUri(), clock.instant().plusSeconds(3600), false);
            default -> root;
        };
    }

    private static KmsCertificate altered(KmsCertificate root, String kmsUri, Instant validFrom, boolean revoked) {
        return new KmsCertificate(
                root.role(),
                root.certUri(),
                kmsUri,
                root.issuer(),
                Optional.of(validFrom),
                root.validTo(),
                revoked,
                root.schedule(),
                root.pubEncKey(),
                root.pubAuthKey(),
                root.domains());
    }

    private List<KmsKeySet> keySets(String[] parts) {
        String wanted = parts.length > 1 ? decoded(parts[1]) : user;
        Instant time = parts.length > 2 ? NtpTimestamp.parse(parts[2]).toInstant() : clock.instant();
        if (Duration.between(clock.instant(), time).compareTo(ahead) > 0) {
            throw new Refused(409, 409, "the key period begins too far ahead");
        }
        Duration period = Duration.ofSeconds(epoch.root().schedule().lengthSeconds());
        return switch (misdeed) {
            case NO_KEY_SET -> List.of();
            case KEYS_OF_ANOTHER_USER -> List.of(epoch.keySet("sip:mallory@example.org", time));
            case KEYS_OF_ANOTHER_USER_UNDER_THIS_NAME ->
                List.of(renamed(epoch.keySet("sip:mallory@example.org", time), wanted));
            case WRONG_PERIOD -> List.of(epoch.keySet(wanted, time.plus(period.multipliedBy(5))));
            default ->
                Stream.concat(older.stream(), Stream.of(epoch))
                        .map(each -> each.keySet(wanted, time))
                        .toList();
        };
    }

    private static KmsKeySet renamed(KmsKeySet keys, String userUri) {
        return new KmsKeySet(
                keys.kmsUri(),
                keys.certUri(),
                keys.issuer(),
                userUri,
                keys.userId(),
                keys.validFrom(),
                keys.validTo(),
                keys.period(),
                false,
                keys.rsk(),
                keys.ssk(),
                keys.pvt());
    }

    private Optional<ClientKeys> newKeys() {
        return pending.map(
                number -> keptInks.containsKey(number) ? TestKeys.transportKeyOnly(number, user) : pair(number));
    }

    private Reply answer(KmsAnswer message, String url) {
        Instant time = misdeed == Misdeed.STALE ? clock.instant().minusSeconds(300) : clock.instant();
        try (KmsResponse response = new KmsResponse(
                        misdeed == Misdeed.ANSWER_FOR_ANOTHER_USER ? "sip:mallory@example.org" : user,
                        misdeed == Misdeed.ANSWER_OF_ANOTHER_KMS
                                ? "kms.other.example"
                                : epoch.root().kmsUri(),
                        time,
                        Optional.of("stub"),
                        misdeed == Misdeed.ANSWER_TO_ANOTHER_REQUEST ? url + "/other" : url,
                        message);
                ClientKeys keys = pair(active);
                ResponseProtection protection = protection(keys)) {
            byte[] document = KmsResponseCodec.encode(response, WireDialect.STANDARD, protection);
            return Reply.xml(200, spoiled(document));
        }
    }

    private ResponseProtection protection(ClientKeys keys) {
        NamedKey wrap = keys.transportKey().copy();
        NamedKey sign = keys.signingKey().copy();
        return switch (misdeed) {
            case UNSIGNED -> new ResponseProtection(Optional.of(wrap), Optional.empty());
            case SIGNED_UNDER_UNKNOWN_NAME ->
                new ResponseProtection(Optional.of(wrap), Optional.of(TestKeys.named("ink.99", 0x63)));
            case SIGNED_UNDER_TRK -> new ResponseProtection(Optional.of(wrap), Optional.of(wrap.copy()));
            case WRONG_SIGNATURE ->
                new ResponseProtection(Optional.of(wrap), Optional.of(TestKeys.named(sign.name(), 0x63)));
            case KEYS_IN_CLEAR -> new ResponseProtection(Optional.empty(), Optional.of(sign));
            case WRAPPED_UNDER_OTHER_KEY ->
                new ResponseProtection(Optional.of(TestKeys.named(wrap.name(), 0x63)), Optional.of(sign));
            case WRAPPED_UNDER_UNKNOWN_NAME ->
                new ResponseProtection(Optional.of(TestKeys.named("tk.99", 0x63)), Optional.of(sign));
            case WRAPPED_UNDER_INK -> new ResponseProtection(Optional.of(sign.copy()), Optional.of(sign));
            default -> new ResponseProtection(Optional.of(wrap), Optional.of(sign));
        };
    }

    private byte[] spoiled(byte[] document) {
        return misdeed == Misdeed.CUT ? Arrays.copyOf(document, document.length / 2) : document;
    }

    private Reply error(int status, int code, String text, String url) {
        try (KmsResponse response = new KmsResponse(
                user, epoch.root().kmsUri(), clock.instant(), Optional.of("stub"), url, new KmsError(code, text))) {
            return Reply.xml(status, KmsResponseCodec.encode(response, WireDialect.STANDARD, ResponseProtection.NONE));
        }
    }

    private static String decoded(String segment) {
        return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** A refusal on its way to the client. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int status;
        private final int code;

        Refused(int status, int code, String message) {
            super(message);
            this.status = status;
            this.code = code;
        }
    }
}
