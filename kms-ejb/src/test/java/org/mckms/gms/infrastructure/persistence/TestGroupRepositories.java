package org.mckms.gms.infrastructure.persistence;

import jakarta.persistence.EntityManager;
import org.mckms.gms.domain.CallbackRepository;
import org.mckms.gms.domain.GroupKeyRepository;
import org.mckms.gms.domain.GroupRepository;
import org.mckms.gms.domain.JobParts;
import org.mckms.gms.domain.KeyNotices;
import org.mckms.gms.domain.MemberRepository;
import org.mckms.gms.domain.MessageRepository;
import org.mckms.gms.domain.RekeyJobRepository;
import org.mckms.gms.domain.WaitingDomains;
import org.mckms.gms.domain.regroup.RegroupPartRepository;

/** The repositories of groups over an entity manager that a test gives them. */
public final class TestGroupRepositories {

    private final EntityManager entities;

    public TestGroupRepositories(EntityManager entities) {
        this.entities = entities;
    }

    public GroupRepository groups() {
        JpaGroupRepository repository = new JpaGroupRepository();
        repository.entities = entities;
        return repository;
    }

    public MemberRepository members() {
        JpaMemberRepository repository = new JpaMemberRepository();
        repository.entities = entities;
        return repository;
    }

    public GroupKeyRepository keys() {
        JpaGroupKeyRepository repository = new JpaGroupKeyRepository();
        repository.entities = entities;
        return repository;
    }

    public MessageRepository messages() {
        JpaMessageRepository repository = new JpaMessageRepository();
        repository.entities = entities;
        return repository;
    }

    public RekeyJobRepository jobs() {
        JpaRekeyJobRepository repository = new JpaRekeyJobRepository();
        repository.entities = entities;
        return repository;
    }

    public JobParts parts() {
        JpaJobParts repository = new JpaJobParts();
        repository.entities = entities;
        return repository;
    }

    public CallbackRepository callbacks() {
        JpaCallbackRepository repository = new JpaCallbackRepository();
        repository.entities = entities;
        return repository;
    }

    public KeyNotices notices() {
        JpaKeyNotices notices = new JpaKeyNotices();
        notices.entities = entities;
        return notices;
    }

    public WaitingDomains waiting() {
        JpaWaitingDomains repository = new JpaWaitingDomains();
        repository.entities = entities;
        return repository;
    }

    public RegroupPartRepository regroups() {
        JpaRegroupPartRepository repository = new JpaRegroupPartRepository();
        repository.entities = entities;
        return repository;
    }
}
