package org.mckms.kms.application.cek;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.mckms.kms.application.ServerDevices;
import org.mckms.kms.domain.cek.CekReference;
import org.mckms.kms.domain.cek.McServerChannel;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.audit.RecordedTransactions;
import org.mckms.platform.config.CekSettings;
import org.mckms.platform.config.KmsSettings;
import org.mckms.platform.delivery.DeliveryHandler;
import org.mckms.platform.delivery.DeliveryResult;
import org.mckms.platform.delivery.OutboxEntry;
import org.mckms.platform.persistence.ConcurrentChangeException;
import org.mckms.platform.persistence.Transactions;
import org.mckms.protocol.cek.Cek;
import org.mckms.protocol.cek.CekAcknowledgement;
import org.mckms.protocol.cek.CekAcknowledgement.Item;
import org.mckms.protocol.cek.CekFault;
import org.mckms.protocol.cek.CekList;
import org.mckms.protocol.codec.KmsResponseCodec;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsRequest;
import org.mckms.protocol.message.KmsResponse;

/**
 * Brings changes of content encryption keys to an MC server (CSC-9): many in one document, which is signed and whose keys are
 * wrapped for that server alone. What counts is the server's signed acknowledgement; a change that it does not name, or could not
 * store, is brought again by itself, while others go on; all together are if anything about the answer is wrong.
 */
@ApplicationScoped
class CekDelivery implements DeliveryHandler {

    private static final int ATTEMPTS = 3;

    @Inject
    CekChanges changes;

    @Inject
    ServerDevices devices;

    @Inject
    McServerChannel channel;

    @Inject
    Transactions transactions;

    @Inject
    RecordedTransactions recorded;

    @Inject
    KmsSettings settings;

    @Inject
    Clock clock;

    @Override
    public String topic() {
        return CekReference.TOPIC;
    }

    @Override
    public int most() {
        return CekList.MAX;
    }

    @Override
    public DeliveryResult deliver(OutboxEntry entry) {
        return deliverAll(List.of(entry)).get(0);
    }

    @Override
    public List<DeliveryResult> deliverAll(List<OutboxEntry> entries) {
        String serverUri = entries.get(0).destination();
        Optional<String> url = settings.cek().map(CekSettings::push).map(push -> push.addresses()
                .get(serverUri));
        if (url.isEmpty()) {
            return all(entries, DeliveryResult.retry("the settings name no address for keys of this server"));
        }
        Set<CekReference> references = references(entries);
        Push push = push(serverUri, url.get(), references);
        if (push.sent().isEmpty()) {
            return results(entries, push.sent(), Map.of());
        }
        McServerChannel.Answer answer = channel.post(url.get(), push.document());
        if (answer instanceof McServerChannel.Taken taken) {
            return results(entries, push.sent(), acknowledged(serverUri, url.get(), push.sent(), taken.body()));
        }
        return all(entries, DeliveryResult.retry(((McServerChannel.Failed) answer).why()));
    }

    private static List<DeliveryResult> all(Collection<OutboxEntry> entries, DeliveryResult result) {
        return Collections.nCopies(entries.size(), result);
    }

    private static Set<CekReference> references(List<OutboxEntry> entries) {
        return entries.stream()
                .flatMap(entry -> CekReference.parse(entry.reference()).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * What goes to a server.
     *
     * @param sent the changes in it; the others of a delivery have become pointless
     */
    private record Push(byte[] document, Set<CekReference> sent) {}

    private Push push(String serverUri, String url, Set<CekReference> references) {
        Instant now = now();
        try (Content content = new Content()) {
            transactions.runInNew(() -> read(content, serverUri, references, now));
            if (content.ceks.isEmpty()) {
                return new Push(new byte[0], Set.of());
            }
            Set<CekReference> sent = content.ceks.stream()
                    .map(cek -> new CekReference(cek.keyId(), cek.revision()))
                    .collect(Collectors.toSet());
            ServerDevices.Form form = content.form.orElseThrow();
            CekList list = new CekList(content.ceks);
            KmsResponse response =
                    new KmsResponse(serverUri, settings.site().kmsUri(), now, Optional.empty(), url, list);
            return new Push(KmsResponseCodec.encode(response, form.dialect(), form.protection()), sent);
        }
    }

    /**
     * Keys, and the keys that protect them, held from the moment they are opened: closing wipes all, however the transaction
     * ends that reads them.
     */
    private static final class Content implements AutoCloseable {
        private List<Cek> ceks = List.of();
        private Optional<ServerDevices.Form> form = Optional.empty();

        @Override
        public void close() {
            form.ifPresent(ServerDevices.Form::close);
            ceks.forEach(Cek::close);
        }
    }

    /** A server that nothing is left to tell needs no transport key. */
    private void read(Content content, String serverUri, Set<CekReference> references, Instant now) {
        content.ceks = changes.toPush(serverUri, List.copyOf(references));
        if (!content.ceks.isEmpty()) {
            content.form = Optional.of(devices.form(serverUri, now));
        }
    }

    /** Notes what the server says, if it says it of what was sent, by the change that it is about. */
    private Map<CekReference, Item> acknowledged(String serverUri, String url, Set<CekReference> sent, Octets answer) {
        for (int attempt = 1; ; attempt++) {
            try {
                return noted(serverUri, url, sent, answer);
            } catch (ConcurrentChangeException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private Map<CekReference, Item> noted(String serverUri, String url, Set<CekReference> sent, Octets answer) {
        Instant now = now();
        Noted noted = recorded.inNewTogether(trail -> {
            ServerDevices.Proven proven = devices.prove(serverUri, answer.toByteArray(), url, now, trail);
            Map<CekReference, Item> items = items(proven.request(), sent);
            changes.acknowledged(
                    serverUri,
                    items.values().stream().filter(CekDelivery::isFinal).toList(),
                    trail);
            return new Noted(proven, items);
        });
        devices.committed(noted.proven());
        return noted.items();
    }

    private record Noted(ServerDevices.Proven proven, Map<CekReference, Item> items) {}

    private static Map<CekReference, Item> items(KmsRequest request, Set<CekReference> sent) {
        if (!(request.extension().orElse(null) instanceof CekAcknowledgement acknowledgement)) {
            throw new KmsException(KmsErrorCode.MALFORMED_REQUEST, "the answer of the server acknowledges nothing");
        }
        Map<CekReference, Item> items = acknowledgement.items().stream()
                .collect(
                        Collectors.toMap(item -> new CekReference(item.keyId(), item.revision()), Function.identity()));
        if (!sent.containsAll(items.keySet())) {
            throw new KmsException(KmsErrorCode.MALFORMED_REQUEST, "the server acknowledges what was not sent to it");
        }
        return items;
    }

    /** A server that could not store a good key may be able to later. */
    private static boolean isFinal(Item item) {
        return item.fault().filter(CekFault.STORAGE::equals).isEmpty();
    }

    private static List<DeliveryResult> results(
            List<OutboxEntry> entries, Set<CekReference> sent, Map<CekReference, Item> items) {
        return entries.stream()
                .map(entry -> result(CekReference.parse(entry.reference()), sent, items))
                .toList();
    }

    private static DeliveryResult result(
            Optional<CekReference> reference, Set<CekReference> sent, Map<CekReference, Item> items) {
        if (reference.isEmpty()) {
            return DeliveryResult.dead("its reference names no change of a key");
        }
        if (!sent.contains(reference.get())) {
            return DeliveryResult.delivered();
        }
        Item item = items.get(reference.get());
        if (item == null) {
            return DeliveryResult.aside("the server's acknowledgement does not name it");
        }
        if (item.fault().isEmpty()) {
            return DeliveryResult.delivered();
        }
        String said = "the server did not take it: " + item.fault().get();
        return isFinal(item) ? DeliveryResult.dead(said) : DeliveryResult.aside(said);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
