package org.mckms.platform.delivery;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.mckms.platform.audit.RecordedAudit;
import org.mckms.platform.config.DeliverySettings;
import org.mckms.platform.hsm.ManualTime;
import org.mckms.platform.persistence.JdbcTransactions;
import org.mckms.platform.persistence.TestDatabase;

/** Outbox and deliveries over a database, with a queue that the test empties and a receiver that it directs. */
public final class DeliveryRig implements AutoCloseable {

    static final String TOPIC = "test.topic";
    static final String TOGETHER = "test.together";
    static final int AT_ONCE = 3;
    static final int ATTEMPTS = 3;
    static final int WORKERS = 2;

    final TestDatabase database = TestDatabase.migrated();
    public final JdbcTransactions transactions = new JdbcTransactions(database.dataSource());
    public final ManualTime time = new ManualTime();
    public final RecordedAudit audit = new RecordedAudit();
    final JdbcOutbox outbox = new JdbcOutbox(transactions.dataSource(), time, () -> {});
    final List<OutboxEntry> received = new ArrayList<>();
    final List<List<String>> batches = new ArrayList<>();
    Function<List<OutboxEntry>, List<DeliveryResult>> receiverOfAll =
            entries -> Collections.nCopies(entries.size(), DeliveryResult.delivered());
    public Function<OutboxEntry, DeliveryResult> receiver = entry -> DeliveryResult.delivered();

    /** A node, its queue and what it does. */
    public final class Node {
        final Deque<String> queue = new ArrayDeque<>();
        public final DeliveryModule module;
        boolean brokerUp = true;

        Node(String name) {
            module = DeliveryModule.over(
                    transactions.dataSource(),
                    transactions,
                    () -> true,
                    this::send,
                    List.of(new Handler(), new Together()),
                    name,
                    new DeliverySettings(WORKERS, ATTEMPTS, Duration.ofMinutes(10)),
                    audit,
                    time,
                    new SecureRandom());
        }

        private void send(String claim) {
            if (!brokerUp) {
                throw new IllegalStateException("the broker is away");
            }
            queue.add(claim);
        }

        /** Hands out and delivers until nothing is due. */
        public void workOff() {
            module.pump().run();
            while (!queue.isEmpty()) {
                module.worker().work(queue.remove());
                module.pump().run();
            }
        }
    }

    private final class Handler implements DeliveryHandler {
        @Override
        public String topic() {
            return TOPIC;
        }

        @Override
        public DeliveryResult deliver(OutboxEntry entry) {
            received.add(entry);
            return receiver.apply(entry);
        }
    }

    private final class Together implements DeliveryHandler {
        @Override
        public String topic() {
            return TOGETHER;
        }

        @Override
        public int most() {
            return AT_ONCE;
        }

        @Override
        public DeliveryResult deliver(OutboxEntry entry) {
            return deliverAll(List.of(entry)).get(0);
        }

        @Override
        public List<DeliveryResult> deliverAll(List<OutboxEntry> entries) {
            received.addAll(entries);
            batches.add(entries.stream().map(OutboxEntry::reference).toList());
            return receiverOfAll.apply(entries);
        }
    }

    public final Node node = new Node("node1");

    public void put(String destination, String reference) {
        transactions.inNew(() -> outbox.put(TOPIC, new DeliveryOrder(destination, reference)));
    }

    void putTogether(String destination, String... references) {
        transactions.runInNew(() -> outbox.putAll(
                TOGETHER,
                Stream.of(references)
                        .map(reference -> new DeliveryOrder(destination, reference))
                        .toList()));
    }

    List<String> references() {
        return received.stream().map(OutboxEntry::reference).toList();
    }

    DeliveryCounts counts() {
        return transactions.inNew(() -> node.module.desk().counts());
    }

    @Override
    public void close() {
        database.close();
    }
}
