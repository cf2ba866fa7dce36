package org.mckms.gms.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.mckms.gms.domain.Group;
import org.mckms.gms.domain.GroupKey;
import org.mckms.gms.domain.GroupKeyRegister;
import org.mckms.gms.domain.KeyGenerations;
import org.mckms.gms.domain.KeyStatus;
import org.mckms.gms.domain.RekeyJob;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.platform.audit.AuditNote;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/**
 * Revokes keys of groups: their parameters are sent to all members again with the status revoked (TS 33.180 annex E.6.9). Who
 * may is for the use cases to check. Inside a transaction that holds the group.
 */
@ApplicationScoped
class KeyRevocation {

    @Inject
    GroupKeyRegister keys;

    @Inject
    KeyGenerations generations;

    /**
     * A key that can be revoked by itself. That of a temporary group cannot: partners are told of new keys and of the end of
     * the group, not of this.
     *
     * @throws KmsException {@code NOT_FOUND}; {@code CONFLICT} if it is revoked already or has expired, or the group is
     *     temporary
     */
    GroupKey revocable(Group group, KeyIdentifier keyId, Instant now) {
        if (group.temporary()) {
            throw new KmsException(
                    KmsErrorCode.CONFLICT,
                    "a key of a temporary group is not revoked alone: renew the regroup or end it");
        }
        GroupKey key = keys.find(keyId)
                .filter(found -> found.groupUri().equals(group.uri()))
                .orElseThrow(() -> new KmsException(KmsErrorCode.NOT_FOUND, "the group has no key " + keyId));
        KeyStatus status = key.statusAt(now);
        if (status == KeyStatus.REVOKED || status == KeyStatus.EXPIRED) {
            throw new KmsException(KmsErrorCode.CONFLICT, "key " + keyId + " is " + status + " already");
        }
        return key;
    }

    /** Revokes keys of a group, and starts the job that tells its members. */
    RekeyJob start(String actor, Group group, List<GroupKey> which, Instant now, Consumer<AuditNote> trail) {
        RekeyJob job = generations.revoke(group, which, now);
        trail.accept(GroupNotes.of(AuditEvent.GROUP_KEY_REVOKED, actor, group.uri())
                .with("keys", GroupNotes.keys(job.keys())));
        trail.accept(GroupNotes.jobStarted(actor, job));
        return job;
    }
}
