package org.mckms.client;

import java.time.Clock;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.mckms.client.store.ClientKeyStore;
import org.mckms.protocol.cek.CekList;
import org.mckms.protocol.cek.RequestExtension;

/**
 * The resources of content encryption keys, protected like all others: requests signed, answers checked, keys wrapped. What
 * becomes of the keys is the caller's, see {@code org.mckms.client.cek}. Safe for use by several threads.
 */
public final class ContentKeyExchange {
    private final ClientKeyStore store;
    private final ProtectedExchange exchange;
    private final ReceptionPolicy policy;
    private final Clock clock;

    ContentKeyExchange(ClientKeyStore store, ProtectedExchange exchange, ReceptionPolicy policy, Clock clock) {
        this.store = store;
        this.exchange = exchange;
        this.policy = policy;
        this.clock = clock;
    }

    /**
     * One request; throws what the methods of {@link KmsClient} throw.
     *
     * @param resource below the root of these resources, percent-encoded, beginning with a slash
     * @param reader is lent the keys of the answer, which are wiped afterwards
     */
    public <T> T ask(String resource, Optional<RequestExtension> extension, Function<CekList, T> reader) {
        return exchange.speak(() -> {
            try (ReceivedAnswer<CekList> answer = exchange.askForCeks(resource, extension)) {
                return reader.apply(answer.message());
            }
        });
    }

    /** Listens to the notices of the KMS until it ends the stream, as {@link EventStream#listen}. */
    public Optional<String> listen(BiConsumer<String, String> listener) {
        return exchange.listen(ResourceTree.CEK.path("/events"), listener);
    }

    /**
     * The receiving end of pushes.
     *
     * @param address URL that the KMS pushes to, as it is configured there
     */
    public PushReception pushes(String address) {
        return new PushReception(store, address, policy, clock);
    }
}
