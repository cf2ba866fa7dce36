package org.mckms.gms.application;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mckms.gms.domain.Group;
import org.mckms.gms.domain.GroupKey;
import org.mckms.gms.domain.JobProgress;
import org.mckms.gms.domain.KeyGenerations.Generation;
import org.mckms.gms.domain.RekeyJob;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.platform.audit.AuditNote;
import org.mckms.protocol.audit.AuditEvent;

/** Audit records of groups. Their subject is {@code group:<uri>}. */
final class GroupNotes {

    /** Members that a record names; of more the first ones are named and all counted. */
    private static final int MAX_NAMED = 20;

    private GroupNotes() {}

    static AuditNote of(AuditEvent event, String actor, String groupUri) {
        return AuditNote.of(event, AuditNote.OK, actor, "group:" + groupUri);
    }

    static AuditNote created(String actor, Group group) {
        return of(AuditEvent.GROUP_CREATED, actor, group.uri())
                .with("owner", group.owner())
                .with("service", group.service().name())
                .with("members", Integer.toString(group.members()));
    }

    static AuditNote membersChanged(String actor, Group group, String change, Collection<String> members) {
        return of(AuditEvent.GROUP_MEMBERS_CHANGED, actor, group.uri())
                .with("change", change)
                .with("count", Integer.toString(members.size()))
                .with("who", members.stream().limit(MAX_NAMED).collect(Collectors.joining(" ")))
                .with("members", Integer.toString(group.members()));
    }

    static AuditNote keysCreated(String actor, Generation made, String cause) {
        AuditNote note = of(AuditEvent.GROUP_KEYS_CREATED, actor, made.group().uri())
                .with("generation", Long.toString(made.group().generation()))
                .with("keys", keys(made.keys().stream().map(GroupKey::keyId).toList()))
                .with("cause", cause);
        Optional<Instant> activation =
                made.keys().stream().flatMap(key -> key.activation().stream()).findFirst();
        AuditNote full =
                activation.map(time -> note.with("activation", time.toString())).orElse(note);
        return made.withdrawn().isEmpty() ? full : full.with("revoked", keys(made.withdrawn()));
    }

    static AuditNote jobStarted(String actor, RekeyJob job) {
        return job(AuditEvent.REKEY_JOB_STARTED, actor, job);
    }

    static AuditNote jobChanged(AuditEvent event, String actor, RekeyJob job, JobProgress progress) {
        return job(event, actor, job)
                .with("done", Integer.toString(progress.done()))
                .with("waiting", Integer.toString(progress.waiting()));
    }

    private static AuditNote job(AuditEvent event, String actor, RekeyJob job) {
        return of(event, actor, job.groupUri())
                .with("job", job.id().toString())
                .with("kind", job.kind().name())
                .with("keys", keys(job.keys()))
                .with("total", Integer.toString(job.total()));
    }

    static String keys(List<KeyIdentifier> keys) {
        return keys.stream().map(KeyIdentifier::toString).collect(Collectors.joining(" "));
    }
}
