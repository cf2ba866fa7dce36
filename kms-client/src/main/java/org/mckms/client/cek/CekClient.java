package org.mckms.client.cek;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.mckms.client.ContentKeyExchange;
import org.mckms.client.KmsClient;
import org.mckms.client.PathSegment;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.cek.CekEnd;
import org.mckms.protocol.cek.CekOrder;

/**
 * A client's conversation with the KMS about its content encryption keys: fetches, renews and ends them. What comes is signed,
 * checked and on the disk when a method returns.
 *
 * <p>Methods throw what those of {@link KmsClient} throw. Safe for use by several threads.
 */
public final class CekClient {
    private static final String NOTICE = "cek";

    private final KmsClient kms;
    private final ContentKeyExchange exchange;
    private final CekKeys keys;

    /** @param keys of the user who owns the key store of {@code kms} */
    public CekClient(KmsClient kms, CekKeys keys) {
        if (!keys.owner().equals(CekOwner.client(kms.owner().userUri()))) {
            throw new IllegalArgumentException("the content encryption keys are not those of "
                    + kms.owner().userUri());
        }
        this.kms = kms;
        this.exchange = kms.contentKeys();
        this.keys = keys;
    }

    /**
     * Fetches the key for a server and session, which the KMS makes if there is none. One that the server has not acknowledged
     * in time is pending: ask again. The answer names all keys of the scope; others that are held for it are wiped.
     *
     * @return what is held of the keys in the answer
     */
    public List<CekDetails> current(CekScope scope) {
        return order("", scope);
    }

    /** Asks for a new key in place of the one for a server and session; the KMS may prolong that one instead. */
    public List<CekDetails> renew(CekScope scope) {
        return order("/renew", scope);
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

    /** Ends the keys of a session that is torn down. Wipes them here first, whether or not the KMS can be reached. */
    public void endSession(String session) {
        end(key -> key.session().equals(Optional.of(session)), CekEnd.ofSession(session));
    }

    /** Ends one key; otherwise as {@link #endSession}. */
    public void end(Octets keyId) {
        end(key -> key.keyId().equals(keyId), CekEnd.ofKeys(List.of(keyId)));
    }

    /** Ends all keys of the user, who logs off; otherwise as {@link #endSession}. */
    public void logOff() {
        end(key -> true, CekEnd.ofUser());
    }

    /**
     * Listens to notices until the KMS ends the stream; then the caller asks for what it may have missed and listens again.
     * Interrupting the thread ends it too. A notice is not signed: follow it by {@link #current}.
     *
     * @param listener called on another thread, one notice at a time; if it throws, the stream ends and this throws it
     * @return why the KMS ended it, if it said so
     */
    public Optional<String> listen(Consumer<CekNotice> listener) {
        return exchange.listen((name, data) -> {
            if (name.equals(NOTICE)) { // others are of a later release
                listener.accept(CekNotice.read(data));
            }
        });
    }

    private List<CekDetails> order(String act, CekScope scope) {
        return exchange.ask(
                "/" + PathSegment.encode(keys.owner().uri()) + act,
                Optional.of(new CekOrder(scope.session(), Optional.of(scope.otherEnd()))),
                ceks -> keys.takeScope(ceks, scope, rules()));
    }

    private void end(Predicate<CekDetails> meant, CekEnd request) {
        keys.end(meant, rules());
        exchange.ask("/ends", Optional.of(request), ceks -> keys.takeAll(ceks, rules()));
    }

    private CekRules rules() {
        return new CekRules(kms.clock().instant(), kms.policy().answerAge(), server -> true);
    }
}
