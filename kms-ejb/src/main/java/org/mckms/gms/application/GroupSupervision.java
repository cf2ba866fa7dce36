package org.mckms.gms.application;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.mckms.gms.domain.GmsIdentity;
import org.mckms.gms.domain.Group;
import org.mckms.gms.domain.GroupKey;
import org.mckms.gms.domain.GroupKeyRegister;
import org.mckms.gms.domain.GroupRegister;
import org.mckms.gms.domain.RekeyJob;
import org.mckms.gms.domain.RekeyJobRegister;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.platform.audit.RecordedTransactions;
import org.mckms.platform.persistence.Transactions;
import org.mckms.protocol.error.KmsException;

/** All groups and jobs of this server, for its operators: they look, and hold up what takes the machine. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class GroupSupervision {

    /** Largest page. */
    public static final int MAX_PAGE = 500;

    @Inject
    GmsIdentity identity;

    @Inject
    GroupRegister groups;

    @Inject
    RekeyJobRegister jobs;

    @Inject
    JobControl control;

    @Inject
    JobViews views;

    @Inject
    GroupKeyRegister keys;

    @Inject
    KeyRevocation revocation;

    @Inject
    FirstPart firstPart;

    @Inject
    Transactions transactions;

    @Inject
    RecordedTransactions recorded;

    @Inject
    Clock clock;

    /** One sentence: whether this GMS has keys of its own, and what it waits for; on a server without a GMS it says so. */
    public String state(GroupOperator caller) {
        return identity.state().sentence();
    }

    /** All groups by URI, those after {@code after}; rows are shown even if their MAC is wrong, nothing is done by those. */
    public List<Group> groups(GroupOperator caller, Optional<String> after, int limit) {
        GroupRights.checkPage(limit, MAX_PAGE);
        return transactions.inNew(() -> groups.pageUnchecked(after.orElse(""), limit));
    }

    /**
     * One group and the keys that its members are given.
     *
     * @throws KmsException {@code NOT_FOUND}
     */
    public GroupView group(GroupOperator caller, String uri) {
        return transactions.inNew(() -> new GroupView(groups.get(uri), keys.delivered(uri, now())));
    }

    /**
     * Revokes a key in its owner's place, and tells the members.
     *
     * @param reason for the audit trail
     * @throws KmsException {@code NOT_FOUND} if the group or the key is unknown; {@code CONFLICT} if the key is revoked
     *     already or has expired
     */
    public RekeyJobView revoke(GroupOperator caller, String uri, KeyIdentifier keyId, String reason) {
        Instant now = now();
        RekeyJob job = recorded.inNew(trail -> {
            Group group = groups.lock(uri);
            GroupKey key = revocation.revocable(group, keyId, now);
            return revocation.start(
                    caller.actor(), group, List.of(key), now, note -> trail.accept(note.with("reason", reason)));
        });
        return firstPart.make(job);
    }

    /** The newest jobs, newest first; rows are shown even if their MAC is wrong, nothing is made of those. */
    public List<RekeyJobView> jobs(GroupOperator caller, int limit) {
        GroupRights.checkPage(limit, MAX_PAGE);
        return transactions.inNew(
                () -> jobs.newestUnchecked(limit).stream().map(views::of).toList());
    }

    /** @throws KmsException {@code NOT_FOUND} */
    public RekeyJobView job(GroupOperator caller, UUID id) {
        return views.of(id);
    }

    /** @throws KmsException {@code NOT_FOUND}, {@code CONFLICT} if it has ended */
    public RekeyJobView pause(GroupOperator caller, UUID id) {
        return control.pause(caller.actor(), id, job -> {});
    }

    /** @throws KmsException as {@link #pause} */
    public RekeyJobView resume(GroupOperator caller, UUID id) {
        return control.resume(caller.actor(), id, job -> {});
    }

    /** @throws KmsException as {@link #pause} */
    public RekeyJobView cancel(GroupOperator caller, UUID id) {
        return control.cancel(caller.actor(), id, job -> {});
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
