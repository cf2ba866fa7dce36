package org.mckms.gms.application.regroup;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.mckms.gms.application.GroupCaller;
import org.mckms.gms.domain.regroup.PartnerAnswer;
import org.mckms.gms.domain.regroup.PartnerChannel;
import org.mckms.platform.audit.RecordedAudit;
import org.mckms.platform.audit.RecordedTransactions;
import org.mckms.platform.config.CallbackSettings;
import org.mckms.platform.config.GmsKmsSettings;
import org.mckms.platform.config.GmsSettings;
import org.mckms.platform.config.PartnerGmsEntry;
import org.mckms.platform.config.ScopeSettings;
import org.mckms.platform.config.TlsFiles;
import org.mckms.platform.delivery.DeliveryHandler;
import org.mckms.platform.delivery.DeliveryResult;
import org.mckms.platform.delivery.OutboxEntry;
import org.mckms.platform.delivery.RecordedOutbox;
import org.mckms.platform.hsm.ManualTime;
import org.mckms.platform.persistence.Transactions;
import org.mckms.protocol.error.ErrorFamily;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.group.RegroupAcknowledgement;
import org.mckms.protocol.group.RegroupAcknowledgementCodec;
import org.mckms.protocol.group.RegroupNotification;
import org.mckms.protocol.group.RegroupNotificationCodec;
import org.mckms.protocol.group.RegroupRekeyRequest;
import org.mckms.protocol.group.RegroupRekeyRequestCodec;
import org.mckms.protocol.group.RegroupTeardown;
import org.mckms.protocol.group.RegroupTeardownCodec;

/** One GMS with everything about regroups, put together as the container does it, over groups and messages in memory. */
final class RegroupSystem implements PartnerChannel {

    final String uri;
    final MemoryParts parts = new MemoryParts();
    final MemoryGroups groups;
    final PlainMessages messages;
    final RecordedAudit audit = new RecordedAudit();
    final RecordedOutbox outbox = new RecordedOutbox();
    final Regroups regroups = new Regroups();
    final PartnerRegroups face = new PartnerRegroups();
    final RegroupWatch watch = new RegroupWatch();
    final RegroupLeavers leavers = new RegroupLeavers();
    private final RegroupDelivery delivery = new RegroupDelivery();
    private final RekeyRequestDelivery wishes = new RekeyRequestDelivery();
    private final RegroupAcknowledgementDelivery answers = new RegroupAcknowledgementDelivery();
    private final Map<String, RegroupSystem> others = new HashMap<>();
    private final ManualTime time;
    private Mood mood = Mood.WELL;

    /** How the way to partners behaves. */
    enum Mood {
        WELL,
        /** Nobody answers. */
        NEVER,
        /** The partner acts, and its answer is lost. */
        LATE,
        /** The partner gets everything twice. */
        TWICE,
        /** What comes back is no answer, and the partner did nothing. */
        GARBAGE
    }

    RegroupSystem(String uri, String manager, ManualTime time, PartnerGmsEntry... partners) {
        this.uri = uri;
        this.time = time;
        this.groups = new MemoryGroups(uri.hashCode());
        this.messages = new PlainMessages(uri);
        RegroupSite site = new RegroupSite(Optional.of(settings(uri, manager, List.of(partners))));
        Transactions transactions = new DirectTransactions();
        RecordedTransactions recorded = new RecordedTransactions(transactions, audit);
        RegroupOrders orders = new RegroupOrders();
        orders.outbox = outbox;
        RegroupChanges changes = new RegroupChanges();
        changes.parts = parts;
        changes.recorded = recorded;
        RegroupMessages making = new RegroupMessages();
        making.site = site;
        making.groups = groups;
        making.making = messages;
        making.transactions = transactions;
        making.clock = time;
        EndDelivery ends = new EndDelivery();
        ends.channel = this;
        ends.changes = changes;
        ends.clock = time;
        RegroupRenewal renewal = new RegroupRenewal();
        renewal.parts = parts;
        renewal.groups = groups;
        renewal.orders = orders;
        wireUses(site, orders, recorded, transactions, time);
        regroups.renewal = renewal;
        face.renewal = renewal;
        face.wishes = new RekeyWishes();
        face.wishes.site = site;
        face.wishes.renewal = renewal;
        face.wishes.groups = groups;
        leavers.parts = parts;
        leavers.renewal = renewal;
        leavers.groups = groups;
        leavers.orders = orders;
        wishes.parts = parts;
        wishes.channel = this;
        wishes.transactions = transactions;
        watch.site = site;
        watch.parts = parts;
        watch.groups = groups;
        watch.orders = orders;
        watch.changes = changes;
        watch.recorded = recorded;
        watch.transactions = transactions;
        watch.clock = time;
        delivery.parts = parts;
        delivery.messages = making;
        delivery.ends = ends;
        delivery.channel = this;
        delivery.changes = changes;
        delivery.transactions = transactions;
        delivery.clock = time;
        answers.parts = parts;
        answers.ends = ends;
        answers.channel = this;
        answers.transactions = transactions;
    }

    private void wireUses(
            RegroupSite site,
            RegroupOrders orders,
            RecordedTransactions recorded,
            Transactions transactions,
            ManualTime time) {
        regroups.site = site;
        regroups.parts = parts;
        regroups.groups = groups;
        regroups.orders = orders;
        regroups.recorded = recorded;
        regroups.transactions = transactions;
        regroups.clock = time;
        face.site = site;
        face.opening = messages;
        face.parts = parts;
        face.groups = groups;
        face.orders = orders;
        face.recorded = recorded;
        face.audit = audit;
        face.clock = time;
    }

    static PartnerGmsEntry partner(String uri, String... groups) {
        return new PartnerGmsEntry(
                "other", uri, "https://other.example", "kms.other", Path.of("/token"), Set.of(groups));
    }

    private static GmsSettings settings(String uri, String manager, List<PartnerGmsEntry> partners) {
        Path file = Path.of("/file");
        return new GmsSettings(
                uri,
                new GmsKmsSettings(
                        "kms.own",
                        List.of(),
                        file,
                        Optional.empty(),
                        file,
                        new TlsFiles(file, file, file),
                        Optional.empty()),
                Set.of(manager),
                new ScopeSettings(Set.of("a"), Set.of("b"), Set.of("c")),
                1,
                partners,
                new CallbackSettings(List.of(), file, Duration.ofSeconds(1)));
    }

    void knows(RegroupSystem... systems) {
        for (RegroupSystem system : systems) {
            others.put(system.uri, system);
        }
    }

    void is(Mood now) {
        mood = now;
    }

    /** A user leaves a group of this system. */
    void leaves(GroupCaller manager, String group, String member) {
        groups.leaves(group, member);
        leavers.left(manager, group, List.of(member), time.instant(), audit::record);
    }

    PartnerCaller asCaller() {
        return new PartnerCaller(uri, "192.0.2.1");
    }

    /** Tries every order once, in turn; those to be tried again stay. */
    List<DeliveryResult> deliver() {
        List<RecordedOutbox.Entry> due = outbox.entries();
        outbox.clear();
        List<DeliveryResult> results = new ArrayList<>();
        for (RecordedOutbox.Entry entry : due) {
            DeliveryHandler handler = Stream.of(delivery, answers, wishes)
                    .filter(each -> each.topic().equals(entry.topic()))
                    .findFirst()
                    .orElseThrow();
            DeliveryResult result = handler.deliver(new OutboxEntry(
                    entry.id(),
                    entry.topic(),
                    entry.order().destination(),
                    entry.order().reference(),
                    1,
                    Instant.EPOCH));
            if (result instanceof DeliveryResult.Retry) {
                outbox.put(entry.topic(), entry.order());
            }
            results.add(result);
        }
        return results;
    }

    @Override
    public PartnerAnswer send(RegroupNotification notification) {
        byte[] document = RegroupNotificationCodec.write(notification);
        return exchange(
                notification.partnerGmsUri(),
                other -> other.face.notified(asCaller(), RegroupNotificationCodec.read(document)));
    }

    @Override
    public PartnerAnswer send(String primaryGmsUri, RegroupAcknowledgement acknowledgement) {
        byte[] document = RegroupAcknowledgementCodec.write(acknowledgement);
        return exchange(
                primaryGmsUri,
                other -> other.face.acknowledged(asCaller(), RegroupAcknowledgementCodec.read(document)));
    }

    @Override
    public PartnerAnswer send(RegroupRekeyRequest request) {
        byte[] document = RegroupRekeyRequestCodec.write(request);
        return exchange(
                request.primaryGmsUri(),
                other -> other.face.rekeyWanted(asCaller(), RegroupRekeyRequestCodec.read(document)));
    }

    @Override
    public PartnerAnswer send(String otherGmsUri, RegroupTeardown teardown) {
        byte[] document = RegroupTeardownCodec.write(teardown);
        return exchange(otherGmsUri, other -> other.face.ended(asCaller(), RegroupTeardownCodec.read(document)));
    }

    private PartnerAnswer exchange(String otherUri, Consumer<RegroupSystem> request) {
        if (mood == Mood.NEVER || mood == Mood.GARBAGE) {
            return PartnerAnswer.notNow(mood.name());
        }
        try {
            request.accept(others.get(otherUri));
            if (mood == Mood.TWICE) {
                request.accept(others.get(otherUri));
            }
            return mood == Mood.LATE ? PartnerAnswer.notNow("no answer in time") : PartnerAnswer.taken();
        } catch (KmsException e) {
            return e.code().family() == ErrorFamily.FAULT
                    ? PartnerAnswer.notNow(e.getMessage())
                    : PartnerAnswer.refused(e.code() + ": " + e.getMessage());
        }
    }

    private static final class DirectTransactions implements Transactions {

        @Override
        public <T> T inNew(Supplier<T> work) {
            return work.get();
        }

        @Override
        public void flush() {
            // nothing waits
        }
    }
}
