package org.mckms.gms.application;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.mckms.gms.domain.GroupRegister;
import org.mckms.gms.domain.RekeyJob;
import org.mckms.gms.domain.RekeyJobRegister;
import org.mckms.platform.persistence.Transactions;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** The jobs that make messages of a group, for the manager who owns it; to everybody else they do not exist. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class RekeyJobs {

    /** Largest page. */
    public static final int MAX_PAGE = 100;

    @Inject
    GroupRights rights;

    @Inject
    GroupRegister groups;

    @Inject
    RekeyJobRegister jobs;

    @Inject
    JobControl control;

    @Inject
    JobViews views;

    @Inject
    Transactions transactions;

    /** @throws KmsException {@code NOT_FOUND} */
    public RekeyJobView show(GroupCaller caller, UUID id) {
        return transactions.inNew(() -> {
            RekeyJob job = jobs.get(id);
            rightOf(caller).accept(job);
            return views.of(job);
        });
    }

    /**
     * The newest jobs of a group, newest first.
     *
     * @throws KmsException {@code NOT_FOUND}, {@code MALFORMED_REQUEST}
     */
    public List<RekeyJobView> ofGroup(GroupCaller caller, String groupUri, int limit) {
        GroupRights.checkPage(limit, MAX_PAGE);
        return transactions.inNew(() -> {
            rights.owned(caller, groups.get(groupUri));
            return jobs.ofGroup(groupUri, limit).stream().map(views::of).toList();
        });
    }

    /**
     * Holds a job up. Parts under way are brought to their end; a paused job stays paused over restarts.
     *
     * @throws KmsException {@code NOT_FOUND}, {@code CONFLICT} if it has ended
     */
    public RekeyJobView pause(GroupCaller caller, UUID id) {
        return control.pause(caller.actor(), id, rightOf(caller));
    }

    /** @throws KmsException as {@link #pause} */
    public RekeyJobView resume(GroupCaller caller, UUID id) {
        return control.resume(caller.actor(), id, rightOf(caller));
    }

    /**
     * Ends a job. What was made stays; members whose messages were not made get them when they ask for their keys.
     *
     * @throws KmsException as {@link #pause}
     */
    public RekeyJobView cancel(GroupCaller caller, UUID id) {
        return control.cancel(caller.actor(), id, rightOf(caller));
    }

    private Consumer<RekeyJob> rightOf(GroupCaller caller) {
        return job -> groups.find(job.groupUri())
                .filter(group -> caller.is(group.owner()))
                .orElseThrow(() -> new KmsException(KmsErrorCode.NOT_FOUND, "no job " + job.id()));
    }
}
