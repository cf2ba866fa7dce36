package org.mckms.client.cek;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.mckms.client.ContentKeyExchange;
import org.mckms.client.KmsAnswerException;
import org.mckms.client.KmsClient;
import org.mckms.client.PathSegment;
import org.mckms.client.PushReception;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.cek.Cek;
import org.mckms.protocol.cek.CekAcknowledgement;
import org.mckms.protocol.cek.CekEnd;
import org.mckms.protocol.cek.CekList;
import org.mckms.protocol.cek.CekOrder;
import org.mckms.protocol.cek.CekQuery;
import org.mckms.protocol.smime.SipBody;

/**
 * The content encryption keys of an MC server: receives pushes, fetches what it missed, and protects the bodies of SIP messages
 * of many users. What is acknowledged is on the disk. A push has one effect however often it comes; an older one has none.
 *
 * <p>Methods that speak with the KMS throw what those of {@link KmsClient} throw. Safe for use by several threads.
 */
public final class McServerKeys {
    private final KmsClient kms;
    private final ContentKeyExchange exchange;
    private final PushReception pushes;
    private final CekKeys keys;
    private final BodyProtection bodies;
    private final Predicate<String> users;

    /** For a server that serves every user whom the KMS names. */
    public McServerKeys(KmsClient kms, CekKeys keys, String pushAddress, SecureRandom random) {
        this(kms, keys, pushAddress, random, user -> true);
    }

    /**
     * The keys of one server.
     *
     * @param kms client of the server
     * @param keys of the server that owns the key store of {@code kms}
     * @param pushAddress URL that the KMS pushes to, as it is configured there
     * @param users whether the server serves a user, by MC service ID; keys of others are refused
     */
    public McServerKeys(KmsClient kms, CekKeys keys, String pushAddress, SecureRandom random, Predicate<String> users) {
        if (!keys.owner().equals(CekOwner.server(kms.owner().userUri()))) {
            throw new IllegalArgumentException("the content encryption keys are not those of "
                    + kms.owner().userUri());
        }
        this.kms = kms;
        this.exchange = kms.contentKeys();
        this.pushes = exchange.pushes(pushAddress);
        this.keys = keys;
        this.bodies = new BodyProtection(keys, kms.clock(), random);
        this.users = users;
    }

    /**
     * Takes a push of the KMS, all of it in one write. Whatever this throws is answered with an HTTP error and no
     * acknowledgement; the KMS pushes again.
     *
     * @param signedKmsResponse body of the POST
     * @return body of the answer, status 200: SignedKmsRequest with a CekAcknowledgement
     * @throws KmsAnswerException if it is not from the KMS to this server, of now, or was changed; nothing is stored
     * @throws org.mckms.client.store.ClientStoreException if it cannot be stored
     */
    public byte[] receive(byte[] signedKmsResponse) {
        return pushes.receive(signedKmsResponse, ceks -> new CekAcknowledgement(keys.take(ceks, rules())));
    }

    /** Fetches, stores and acknowledges what the KMS has not been able to push. For a start, and after a time without pushes. */
    public void pull() {
        pages(false, ceks -> {});
    }

    /**
     * Fetches, stores and acknowledges every key that lives, and wipes those held that are not among them. For a server that
     * lost its store, or put an old copy in its place.
     */
    public void pullAll() {
        Map<Octets, Long> before =
                keys.keys().stream().collect(Collectors.toMap(CekDetails::keyId, CekDetails::revision));
        pages(true, ceks -> ceks.ceks().forEach(cek -> before.remove(cek.keyId())));
        keys.end(key -> Long.valueOf(key.revision()).equals(before.get(key.keyId())), rules());
    }

    /** Asks for a new key in place of that of a user and session; the KMS may prolong that one instead. */
    public List<CekDetails> renew(CekScope scope) {
        List<CekAcknowledgement.Item> items = exchange.ask(
                "/" + PathSegment.encode(scope.otherEnd()) + "/renew",
                Optional.of(new CekOrder(scope.session(), Optional.empty())),
                ceks -> keys.take(ceks, rules()));
        acknowledge(items);
        return keys.keys().stream()
                .filter(key -> items.stream().anyMatch(item -> item.keyId().equals(key.keyId())))
                .toList();
    }

    /** Renews the keys whose time or number of messages has come. */
    public List<CekDetails> renewDue() {
        List<CekDetails> renewed = new ArrayList<>();
        keys.due(kms.clock().instant()).stream()
                .map(key -> new CekScope(key.otherEnd(), key.session()))
                .distinct()
                .forEach(scope -> renewed.addAll(renew(scope)));
        return renewed;
    }

    /** Ends the keys of a session that is torn down, of all its users. Wipes them here first. */
    public void endSession(String session) {
        end(key -> key.session().equals(Optional.of(session)), CekEnd.ofSession(session));
    }

    /** Ends one key. Wipes it here first. */
    public void end(Octets keyId) {
        end(key -> key.keyId().equals(keyId), CekEnd.ofKeys(List.of(keyId)));
    }

    /**
     * Seals a body for a user, with the newest key of the session or, if it has none of its own, that of all sessions.
     *
     * @throws org.mckms.protocol.error.KmsException NOT_FOUND if there is none
     */
    public SipBody seal(SipBody body, CekScope to) {
        return bodies.seal(body, to);
    }

    /**
     * Seals a body for a user with the key of a Key ID, for example that of the message that is answered.
     *
     * @throws org.mckms.protocol.error.KmsException NOT_FOUND if it is not held or must not seal any more, FORBIDDEN_IDENTITY if
     *     it is the key of another user or session
     */
    public SipBody seal(SipBody body, Octets keyId, CekScope to) {
        return bodies.seal(body, keyId, to);
    }

    /**
     * Opens the body of a message. The answer to its sender must not say why it does not open.
     *
     * @param from the user whom the SIP core has authenticated, and the session of the message
     * @throws org.mckms.protocol.error.KmsException NOT_FOUND if the key is not held or its life is over, FORBIDDEN_IDENTITY if
     *     it is the key of another user or session, and as {@link org.mckms.protocol.smime.SmimeBody#open}
     */
    public SipBody open(SipBody sealed, CekScope from) {
        return bodies.open(sealed, from);
    }

    /** The keys held. */
    public CekKeys keys() {
        return keys;
    }

    /** Page after page in the order of Key IDs, each stored and acknowledged before the next. */
    private void pages(boolean all, Consumer<CekList> listener) {
        Optional<Octets> after = Optional.empty();
        do {
            after = page(new CekQuery(all, after), listener);
        } while (after.isPresent());
    }

    /** @return the last Key ID of the page, if there was one */
    private Optional<Octets> page(CekQuery query, Consumer<CekList> listener) {
        List<CekAcknowledgement.Item> items = exchange.ask("/list", Optional.of(query), ceks -> {
            checkGoesOn(query, ceks);
            listener.accept(ceks);
            return keys.take(ceks, rules());
        });
        acknowledge(items);
        return items.isEmpty()
                ? Optional.empty()
                : Optional.of(items.get(items.size() - 1).keyId());
    }

    private static void checkGoesOn(CekQuery query, CekList page) {
        Optional<Octets> last = query.after();
        for (Cek cek : page.ceks()) {
            if (last.isPresent() && last.get().toHex().compareTo(cek.keyId().toHex()) >= 0) {
                throw new KmsAnswerException("the list of keys is not in the order of their Key IDs");
            }
            last = Optional.of(cek.keyId());
        }
    }

    private void acknowledge(List<CekAcknowledgement.Item> items) {
        if (!items.isEmpty()) {
            exchange.ask("/acknowledgements", Optional.of(new CekAcknowledgement(items)), ceks -> null);
        }
    }

    private void end(Predicate<CekDetails> meant, CekEnd request) {
        keys.end(meant, rules());
        exchange.ask("/ends", Optional.of(request), ceks -> keys.take(ceks, rules()));
    }

    private CekRules rules() {
        return new CekRules(kms.clock().instant(), kms.policy().answerAge(), users);
    }
}
