package org.mckms.gms.wiring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import org.mckms.gms.application.RekeyWork;
import org.mckms.gms.domain.CallbackRegister;
import org.mckms.gms.domain.CallbackRepository;
import org.mckms.gms.domain.GmsIdentity;
import org.mckms.gms.domain.GroupGuard;
import org.mckms.gms.domain.GroupKeyRegister;
import org.mckms.gms.domain.GroupKeyRepository;
import org.mckms.gms.domain.GroupMessages;
import org.mckms.gms.domain.GroupRegister;
import org.mckms.gms.domain.GroupRepository;
import org.mckms.gms.domain.JobParts;
import org.mckms.gms.domain.KeyGenerations;
import org.mckms.gms.domain.MemberRegister;
import org.mckms.gms.domain.MemberRepository;
import org.mckms.gms.domain.MessageMaking;
import org.mckms.gms.domain.MessageRepository;
import org.mckms.gms.domain.RekeyJobRegister;
import org.mckms.gms.domain.RekeyJobRepository;
import org.mckms.platform.audit.AuditTrail;
import org.mckms.platform.audit.TamperEvents;
import org.mckms.platform.config.GmsSettings;
import org.mckms.platform.config.KmsSettings;
import org.mckms.platform.datakey.DataKeys;
import org.mckms.platform.jobs.ContainerExecutions;
import org.mckms.platform.jobs.NodeJob;

/** Makes the registers and rules of groups out of their ports. */
@ApplicationScoped
public class GroupWiring {

    /** The batch job that makes messages. */
    static final String KEYS_JOB = "group-keys";

    /** A server that is no GMS has no rows to guard. */
    @Produces
    @Singleton
    GroupGuard guard(DataKeys dataKeys, KmsSettings settings, AuditTrail audit) {
        return new GroupGuard(dataKeys, settings.gms().map(GmsSettings::uri).orElse(""), new TamperEvents(audit));
    }

    @Produces
    @Singleton
    GroupRegister groups(GroupRepository rows, GroupGuard guard) {
        return new GroupRegister(rows, guard);
    }

    @Produces
    @Singleton
    MemberRegister members(MemberRepository rows, GroupRegister groups, GroupGuard guard) {
        return new MemberRegister(rows, groups, guard);
    }

    @Produces
    @Singleton
    GroupKeyRegister keys(GroupKeyRepository rows, DataKeys dataKeys, GroupGuard guard) {
        return new GroupKeyRegister(rows, dataKeys, guard);
    }

    @Produces
    @Singleton
    RekeyJobRegister jobs(RekeyJobRepository rows, JobParts parts, GroupGuard guard) {
        return new RekeyJobRegister(rows, parts, guard);
    }

    @Produces
    @Singleton
    KeyGenerations generations(
            GroupRegister groups,
            GroupKeyRegister keys,
            MemberRegister members,
            MessageRepository messages,
            RekeyJobRegister jobs,
            SecureRandom random) {
        return new KeyGenerations(groups, keys, members, messages, jobs, random);
    }

    @Produces
    @Singleton
    CallbackRegister callbacks(CallbackRepository rows, GroupGuard guard) {
        return new CallbackRegister(rows, guard);
    }

    @Produces
    @Singleton
    GroupMessages messages(MessageRepository rows, GroupKeyRegister keys, MessageMaking making) {
        return new GroupMessages(rows, keys, making);
    }

    /** Without keys of its own, and so without an active vault, the GMS makes no messages. */
    @Produces
    @Singleton
    @Named(KEYS_JOB)
    NodeJob keysJob(RekeyWork work, GmsIdentity identity, KmsSettings settings) {
        return new NodeJob(
                KEYS_JOB,
                settings.gms().map(GmsSettings::workers).orElse(1),
                new NodeJob.Work(() -> identity.state().up() && work.isOpen(), work::step),
                new ContainerExecutions());
    }
}
