package org.mckms.gms.application.regroup;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.mckms.gms.domain.Group;
import org.mckms.gms.domain.GroupUris;
import org.mckms.gms.domain.regroup.KeyOpening;
import org.mckms.gms.domain.regroup.NotifiedKeys;
import org.mckms.gms.domain.regroup.RegroupCounts;
import org.mckms.gms.domain.regroup.RegroupKey;
import org.mckms.gms.domain.regroup.RegroupPart;
import org.mckms.gms.domain.regroup.RegroupParts;
import org.mckms.platform.audit.AuditNote;
import org.mckms.platform.audit.AuditTrail;
import org.mckms.platform.audit.RecordedTransactions;
import org.mckms.platform.persistence.ConcurrentChangeException;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.group.ReceptionFault;
import org.mckms.protocol.group.RegroupAcknowledgement;
import org.mckms.protocol.group.RegroupNotification;
import org.mckms.protocol.group.RegroupRekeyRequest;
import org.mckms.protocol.group.RegroupTeardown;

/** What the GMSs of partners ask for (CSC-16). Each may be repeated; a success has no content (HTTP 204). */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class PartnerRegroups {

    @Inject
    RegroupSite site;

    @Inject
    KeyOpening opening;

    @Inject
    RegroupParts parts;

    @Inject
    TemporaryGroups groups;

    @Inject
    RegroupOrders orders;

    @Inject
    RegroupRenewal renewal;

    @Inject
    RekeyWishes wishes;

    @Inject
    RecordedTransactions recorded;

    @Inject
    AuditTrail audit;

    @Inject
    Clock clock;

    /**
     * As the partner: verifies, opens and stores the keys of a temporary group, in one transaction with the order to make the
     * messages for the own members.
     *
     * @throws KmsException {@code FORBIDDEN_IDENTITY} if the caller is not the primary, this GMS not the partner named, or the
     *     temporary group not in the primary's domain, so that nobody takes the URIs of others;
     *     {@code NOT_FOUND} for a constituent group that is not here or not open to this partner; {@code
     *     KEY_MESSAGE_REFUSED}, {@code CONFLICT}
     */
    public void notified(PartnerCaller caller, RegroupNotification notification) {
        site.partner(caller.gmsUri());
        require(notification.primaryGmsUri().equals(caller.gmsUri()), "this caller is not the primary of the regroup");
        require(notification.partnerGmsUri().equals(site.uri()), "the notification is for another GMS");
        require(
                GroupUris.areOfOneDomain(notification.temporaryGroupUri(), caller.gmsUri()),
                "a temporary group lies in the domain of its primary");
        site.requireOpen(caller.gmsUri(), notification.constituentGroups());
        try (NotifiedKeys keys = NotifiedKeys.open(notification, opening)) {
            takeTogether(caller, notification, keys);
        } catch (KmsException e) {
            if (e.code() == KmsErrorCode.KEY_MESSAGE_REFUSED) {
                audit.record(refusal(caller, notification, e));
            }
            throw e;
        }
    }

    /** A repetition may come while the first is still at work. */
    private void takeTogether(PartnerCaller caller, RegroupNotification notification, NotifiedKeys keys) {
        try {
            recorded.inNew(trail -> take(caller, notification, keys, trail));
        } catch (ConcurrentChangeException e) {
            recorded.inNew(trail -> take(caller, notification, keys, trail));
        }
    }

    private Group take(
            PartnerCaller caller, RegroupNotification notification, NotifiedKeys keys, Consumer<AuditNote> trail) {
        Instant now = now();
        RegroupKey key = new RegroupKey(caller.gmsUri(), notification.regroupId(), site.uri());
        TemporaryGroups.Foreign foreign = new TemporaryGroups.Foreign(
                notification.temporaryGroupUri(),
                caller.gmsUri(),
                notification.constituentGroups(),
                notification.service());
        Optional<RegroupPart> held = parts.lock(key);
        if (held.isEmpty()) {
            List<String> owners = groups.owners(foreign.constituentGroups(), foreign.service());
            Group kept = groups.keep(foreign, keys.keys(), now);
            RegroupPart received = RegroupPart.received(
                    key,
                    new RegroupPart.Scope(
                            owners, foreign.uri(), List.of(), foreign.constituentGroups(), foreign.service()),
                    notification.generation(),
                    now);
            RegroupPart part = counted(received, kept, now);
            parts.add(part);
            orders.tell(part);
            trail.accept(RegroupNotes.by(caller, AuditEvent.REGROUP_RECEIVED, part));
            return kept;
        }
        return takeAgain(caller, held.get(), foreign, new Renewal(notification.generation(), keys), trail);
    }

    private record Renewal(long generation, NotifiedKeys keys) {}

    private Group takeAgain(
            PartnerCaller caller,
            RegroupPart held,
            TemporaryGroups.Foreign foreign,
            Renewal renewal,
            Consumer<AuditNote> trail) {
        if (held.state().isOver() || !isSame(held, foreign)) {
            throw new KmsException(KmsErrorCode.CONFLICT, "the regroup of this name is another one, or has ended");
        }
        if (renewal.generation() < held.generation()) {
            throw NotifiedKeys.refused(ReceptionFault.REPLAYED, "newer keys of this group have come already");
        }
        if (renewal.generation() == held.generation()) {
            Group group = groups.find(foreign.uri()).orElseThrow();
            groups.requireSame(group, renewal.keys().keys());
            orders.tell(held);
            return group;
        }
        Group kept = groups.keepNext(foreign, renewal.keys().keys(), now());
        RegroupPart part = counted(held.renewed(renewal.generation(), now()), kept, now());
        parts.change(part);
        orders.tell(part);
        trail.accept(RegroupNotes.by(caller, AuditEvent.REGROUP_RECEIVED, part));
        return kept;
    }

    /** With the members that are to be served; without any, it is settled already. */
    private RegroupPart counted(RegroupPart part, Group kept, Instant now) {
        return part.answered(part.generation(), groups.counts(kept), Optional.empty(), now);
    }

    private static boolean isSame(RegroupPart held, TemporaryGroups.Foreign foreign) {
        return held.temporaryGroupUri().equals(foreign.uri())
                && held.constituentGroups().equals(foreign.constituentGroups())
                && held.service() == foreign.service();
    }

    /**
     * As the primary: notes how the partner and its members fare.
     *
     * @throws KmsException {@code FORBIDDEN_IDENTITY}, or {@code NOT_FOUND} if no such regroup was sent to this partner
     */
    public void acknowledged(PartnerCaller caller, RegroupAcknowledgement acknowledgement) {
        site.partner(caller.gmsUri());
        require(acknowledgement.partnerGmsUri().equals(caller.gmsUri()), "this caller is not the partner named");
        RegroupKey key = new RegroupKey(site.uri(), acknowledgement.regroupId(), caller.gmsUri());
        recorded.inNew(trail -> {
            RegroupPart held = parts.lock(key).orElseThrow(PartnerRegroups::unknown);
            RegroupPart told = answered(held, acknowledgement, now());
            if (!told.equals(held)) {
                parts.change(told);
                if (told.state() != held.state()) {
                    trail.accept(RegroupNotes.by(caller, AuditEvent.REGROUP_ANSWERED, told));
                }
            }
            return told;
        });
    }

    private static RegroupPart answered(RegroupPart held, RegroupAcknowledgement answer, Instant now) {
        if (answer.outcome() == RegroupAcknowledgement.Outcome.FAILED && answer.failed() == 0) {
            return held.declined(answer.generation(), answer.reason().orElse("the partner names no reason"), now);
        }
        RegroupCounts counts = new RegroupCounts(answer.members(), answer.acknowledged(), answer.failed());
        return held.answered(answer.generation(), counts, answer.reason(), now);
    }

    /**
     * The other side has ended the regroup. A partner's members are told that the keys are revoked. At the primary those who
     * remain get new keys; if no partner remains, the temporary group ends.
     *
     * @throws KmsException {@code FORBIDDEN_IDENTITY}, {@code NOT_FOUND}
     */
    public void ended(PartnerCaller caller, RegroupTeardown teardown) {
        site.partner(caller.gmsUri());
        RegroupKey key = new RegroupKey(teardown.primaryGmsUri(), teardown.regroupId(), teardown.partnerGmsUri());
        boolean fromPrimary = teardown.primaryGmsUri().equals(caller.gmsUri());
        String other = fromPrimary ? teardown.partnerGmsUri() : teardown.primaryGmsUri();
        require(
                other.equals(site.uri())
                        && (fromPrimary || teardown.partnerGmsUri().equals(caller.gmsUri())),
                "the regroup is not one of this caller with this GMS");
        recorded.inNewTogether(trail -> {
            List<RegroupPart> all = renewal.lock(key);
            RegroupPart held = all.stream()
                    .filter(part -> part.key().equals(key))
                    .filter(part -> part.temporaryGroupUri().equals(teardown.temporaryGroupUri()))
                    .findFirst()
                    .orElseThrow(PartnerRegroups::unknown);
            RegroupPart over = held.ended(now());
            if (held.equals(over)) {
                return over;
            }
            parts.change(over);
            trail.accept(RegroupNotes.by(caller, AuditEvent.REGROUP_TORN_DOWN, over));
            if (!held.state().isOver()) {
                carryOnWithout(caller, over, all, trail);
            }
            return over;
        });
    }

    private void carryOnWithout(
            PartnerCaller gone, RegroupPart over, List<RegroupPart> all, Consumer<AuditNote> trail) {
        List<RegroupPart> remaining = all.stream()
                .filter(part -> !part.key().equals(over.key()))
                .filter(part -> !part.state().isOver())
                .toList();
        if (remaining.isEmpty()) {
            groups.tearDown(over.temporaryGroupUri(), now());
            return;
        }
        renewal.renew(
                remaining,
                Optional.empty(),
                now(),
                part -> trail.accept(RegroupNotes.by(gone, AuditEvent.REGROUP_REQUESTED, part)));
    }

    /**
     * As the primary: a partner wants new keys, because somebody has left its groups.
     *
     * @throws KmsException {@code FORBIDDEN_IDENTITY}, {@code NOT_FOUND}; {@code CONFLICT} if the regroup has ended;
     *     {@code NOT_READY} if keys were made just now and the partner has to ask again
     */
    public void rekeyWanted(PartnerCaller caller, RegroupRekeyRequest wish) {
        site.partner(caller.gmsUri());
        require(wish.partnerGmsUri().equals(caller.gmsUri()), "this caller is not the partner named");
        require(wish.primaryGmsUri().equals(site.uri()), "the wish is for another GMS");
        recorded.inNewTogether(trail -> {
            wishes.grant(caller, wish, now(), trail);
            return wish;
        });
    }

    private static AuditNote refusal(PartnerCaller caller, RegroupNotification notification, KmsException refusal) {
        AuditNote note = AuditNote.of(
                        AuditEvent.REGROUP_FAILED,
                        refusal.code().name(),
                        "client:" + caller.gmsUri(),
                        notification.temporaryGroupUri())
                .with("regroup", notification.regroupId())
                .with("generation", Long.toString(notification.generation()))
                .with("reason", refusal.getMessage())
                .with("source", caller.source());
        return refusal.getCause() == null
                ? note
                : note.with("detail", String.valueOf(refusal.getCause().getMessage()));
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new KmsException(KmsErrorCode.FORBIDDEN_IDENTITY, otherwise);
        }
    }

    private static KmsException unknown() {
        return new KmsException(KmsErrorCode.NOT_FOUND, "no such regroup with this caller");
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
