package org.mckms.client;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.mckms.client.store.ClientKeyStore;
import org.mckms.client.store.StoreOwner;
import org.mckms.client.store.UserKeys;
import org.mckms.mikeysakke.identity.NtpTimestamp;
import org.mckms.protocol.message.KmsCertCache;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.KmsInit;
import org.mckms.protocol.message.KmsKeyProv;
import org.mckms.protocol.message.KmsLookup;
import org.mckms.protocol.message.KmsRedirectResponse;

/**
 * The key management client of a UE, an MC server or a GMS (TS 33.180 clause 5.3): asks its KMS in the name of the owner
 * of a key store, checks everything that comes back, and keeps what passed.
 *
 * <p>Requests are signed, answers have to be, and private keys have to come wrapped, unless the store has no TrK and the
 * policy allows plain keys. New TrK and InK are taken over by themselves. What was wrong with an answer is told the KMS in
 * the next request.
 *
 * <p>Methods that speak with the KMS throw {@link KmsUnreachableException}, {@link KmsRefusedException} and {@link
 * KmsAnswerException}; none of them leaves anything of a bad answer behind. {@link
 * org.mckms.client.store.ClientStoreException} says that the store cannot be used. They run one after the other and block;
 * {@link KeyRefresher} calls them in the background. Reading what is held never waits for them. Safe for use by several
 * threads. The store is the caller's, to be closed after the last use of this object.
 */
public final class KmsClient {
    private final ClientKeyStore store;
    private final Set<String> identities;
    private final ReceptionPolicy policy;
    private final Clock clock;
    private final ProtectedExchange exchange;
    private final KeySetReception reception;
    private final Retention retention;
    private final CekReceiver ceks;

    private KmsClient(Builder builder) {
        this.store = builder.store;
        this.identities = builder.identities.isEmpty() ? Set.of(store.owner().userUri()) : builder.identities;
        this.policy = builder.policy;
        this.clock = builder.clock;
        this.exchange = new ProtectedExchange(store, builder.addresses(), builder.tokens, policy, clock);
        this.reception = new KeySetReception(policy.encoding());
        this.retention = new Retention(policy.grace());
        this.ceks = builder.ceks;
    }

    /** A client for the owner of this store. */
    public static Builder of(ClientKeyStore store) {
        return new Builder(store);
    }

    /** KMS Initialize: fetches the root certificate, which becomes the newest. */
    public KmsCertificate init() {
        return exchange.speak(() -> {
            try (ReceivedAnswer<KmsInit> answer = exchange.ask("/init", KmsInit.class)) {
                KmsCertificate root = answer.message().certificate();
                RootChecks.checkRoot(root, store.owner().kmsUri(), clock.instant());
                store.change(edit -> edit.root(root));
                return root;
            }
        });
    }

    /** KMS KeyProvision: fetches the key sets of all identities for the current key period. */
    public List<KeySetSummary> provision() {
        return provision("/keyprov", identities, KeySetReception.around(identities, clock.instant()));
    }

    /** Fetches the key set of one identity for the current key period. */
    public List<KeySetSummary> provision(String userUri) {
        Set<String> user = Set.of(userUri);
        return provision(
                "/keyprov/" + PathSegment.encode(userUri), user, KeySetReception.around(user, clock.instant()));
    }

    /** Fetches the key set of one identity for the key period that contains {@code time}. */
    public List<KeySetSummary> provision(String userUri, Instant time) {
        Set<String> user = Set.of(userUri);
        return provision(
                "/keyprov/" + PathSegment.encode(userUri) + "/"
                        + NtpTimestamp.of(time).toHex(),
                user,
                KeySetReception.containing(user, time));
    }

    /** KMS CertCache: fetches the certificates of other KMSs that are newer than those held. */
    public void updatePartners() {
        exchange.speak(() -> {
            OptionalLong held = store.cacheNumber();
            String resource = held.isPresent() ? "/certcache/" + held.getAsLong() : "/certcache";
            try (ReceivedAnswer<KmsCertCache> answer = exchange.ask(resource, KmsCertCache.class)) {
                KmsCertCache cache = answer.message();
                cache.certificates().forEach(partner -> RootChecks.checkPartner(partner, home()));
                store.change(edit -> {
                    cache.certificates().forEach(edit::partner);
                    edit.cacheNumber(cache.cacheNum().isPresent() ? cache.cacheNum() : held);
                    retention.apply(edit, clock.instant());
                });
                return null;
            }
        });
    }

    /** KMS Cert: fetches the certificate of one other KMS (TS 33.180 clause D.2.6). */
    public KmsCertificate fetchPartner(String kmsUri) {
        return exchange.speak(() -> {
            try (ReceivedAnswer<KmsCertCache> answer =
                    exchange.ask("/cert/" + PathSegment.encode(kmsUri), KmsCertCache.class)) {
                KmsCertificate partner = answer.message().certificates().stream()
                        .filter(certificate -> certificate.kmsUri().equals(kmsUri))
                        .findFirst()
                        .orElseThrow(() -> new KmsAnswerException("the answer has no certificate of " + kmsUri));
                RootChecks.checkPartner(partner, home());
                store.change(edit -> edit.partner(partner));
                return partner;
            }
        });
    }

    /** KMS Discovery Lookup: the URIs of the KMSs that a user belongs to (TS 33.180 clause D.2.7). */
    public List<String> lookup(String userUri) {
        return exchange.speak(() -> {
            try (ReceivedAnswer<KmsLookup> answer =
                    exchange.ask("/lookup/" + PathSegment.encode(userUri), KmsLookup.class)) {
                return answer.message().kmsUris();
            }
        });
    }

    /** KMS Discovery Upload: tells the KMS what redirect responses came (TS 33.180 clause D.2.8). */
    public void uploadRedirects(List<KmsRedirectResponse> redirects) {
        exchange.speak(() -> {
            exchange.ask("/redirect", KmsLookup.class, redirects).close();
            return null;
        });
    }

    /** The identities that this client has keys for. */
    public Set<String> identities() {
        return identities;
    }

    /** Root certificate of the home KMS, the newest; absent before the first contact. */
    public Optional<KmsCertificate> rootCertificate() {
        return store.rootCertificates().stream().findFirst();
    }

    /** What is held for all identities, the newest root certificate first, among its key sets the latest period first. */
    public List<KeySetSummary> held() {
        return store.describeKeys(keys -> KeySetSummary.of(keys.keys(), keys.root()));
    }

    /**
     * The key sets of an identity for the key period that contains {@code time}: for a message to be signed now, or to be
     * opened that names its time. Under the newest root certificate first.
     */
    public CandidateKeys keysFor(String userUri, Instant time) {
        return candidates(keys ->
                keys.keys().userUri().equals(userUri) && !time.isBefore(keys.begins()) && time.isBefore(keys.ends()));
    }

    /** All key sets of an identity that a message still on its way may need: not yet over for longer than the grace. */
    public CandidateKeys candidates(String userUri) {
        Instant now = clock.instant();
        return candidates(keys -> keys.keys().userUri().equals(userUri)
                && now.isBefore(keys.ends().plus(policy.grace())));
    }

    /** Certificates of this and other KMSs, to encrypt to their users. */
    public PartnerDirectory partners() {
        return new PartnerDirectory(store, policy.encoding());
    }

    /** Requests for content encryption keys, and their pushes, in the name of the owner of the store. */
    public ContentKeyExchange contentKeys() {
        return new ContentKeyExchange(store, exchange, policy, clock);
    }

    /** The clock of the device. */
    public Clock clock() {
        return clock;
    }

    /** What is taken from the KMS, and how long it is kept. */
    public ReceptionPolicy policy() {
        return policy;
    }

    /** URI, device and KMS that the keys of this client are for. */
    public StoreOwner owner() {
        return store.owner();
    }

    /** URI of the home KMS. */
    public String home() {
        return store.owner().kmsUri();
    }

    private CandidateKeys candidates(Predicate<UserKeys> wanted) {
        return new CandidateKeys(
                store.userKeys(keys -> !keys.root().revoked() && wanted.test(keys)), policy.encoding());
    }

    private List<KeySetSummary> provision(String resource, Set<String> users, KeySetReception.Expected expected) {
        return exchange.speak(() -> {
            if (store.rootCertificates().isEmpty()) {
                init();
            }
            try (ReceivedAnswer<KmsKeyProv> answer = exchange.ask(resource, KmsKeyProv.class)) {
                if (!KeySetReception.allUnder(answer.message(), store.rootCertificates())) {
                    init();
                }
                List<KeySetReception.Accepted> accepted =
                        reception.accept(answer.message(), store.rootCertificates(), users, expected);
                answer.message()
                        .ceks()
                        .ifPresent(list -> ceks.take(list, answer.response().userUri()));
                return keep(accepted);
            }
        });
    }

    private List<KeySetSummary> keep(List<KeySetReception.Accepted> accepted) {
        store.change(edit -> {
            accepted.forEach(each -> edit.keySet(each.keys(), each.root()));
            retention.apply(edit, clock.instant());
        });
        return accepted.stream().map(KeySetReception.Accepted::summary).toList();
    }

    /** Settings of a {@link KmsClient}. */
    public static final class Builder {
        private final ClientKeyStore store;
        private Optional<TlsMaterial> tls = Optional.empty();
        private TokenSource tokens;
        private TimeLimits limits = TimeLimits.STANDARD;
        private List<URI> baseUrls;
        private Set<String> identities = Set.of();
        private ReceptionPolicy policy = ReceptionPolicy.STANDARD;
        private CekReceiver ceks = CekReceiver.NONE;
        private Clock clock;

        private Builder(ClientKeyStore store) {
            this.store = store;
            this.baseUrls = store.baseUrls().stream().map(URI::create).toList();
        }

        /** Whom to trust in TLS and, for an MC server or GMS, the own certificate; required. */
        public Builder tls(TlsMaterial material) {
            this.tls = Optional.of(material);
            return this;
        }

        /** Access tokens; required. */
        public Builder tokens(TokenSource source) {
            this.tokens = Objects.requireNonNull(source);
            return this;
        }

        /** Addresses of the KMS, in the order in which they are tried, in place of those of the store. */
        public Builder addresses(URI... urls) {
            this.baseUrls = List.of(urls);
            return this;
        }

        public Builder limits(TimeLimits timeLimits) {
            this.limits = Objects.requireNonNull(timeLimits);
            return this;
        }

        /** The identities of the access token that keys are wanted for; the owner of the store alone unless said. */
        public Builder identities(Set<String> userUris) {
            this.identities = Set.copyOf(userUris);
            return this;
        }

        public Builder policy(ReceptionPolicy receptionPolicy) {
            this.policy = Objects.requireNonNull(receptionPolicy);
            return this;
        }

        /** Who takes the content encryption keys that come with key sets; without one they are passed over. */
        public Builder ceks(CekReceiver receiver) {
            this.ceks = Objects.requireNonNull(receiver);
            return this;
        }

        /** The clock of the device; required. */
        public Builder clock(Clock source) {
            this.clock = Objects.requireNonNull(source);
            return this;
        }

        /** @throws ClientSetupException if TLS material, tokens, clock or addresses are missing */
        public KmsClient build() {
            if (tls.isEmpty() || tokens == null || clock == null || baseUrls.isEmpty()) {
                throw new ClientSetupException(
                        "a client needs TLS material, a source of access tokens, a clock and an address of its KMS");
            }
            return new KmsClient(this);
        }

        private List<KmsExchange> addresses() {
            return baseUrls.stream()
                    .map(url -> new KmsExchange(new ServerEndpoint(url, tls.orElseThrow(), limits)))
                    .toList();
        }
    }
}
