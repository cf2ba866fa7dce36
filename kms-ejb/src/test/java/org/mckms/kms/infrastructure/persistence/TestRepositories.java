package org.mckms.kms.infrastructure.persistence;

import jakarta.persistence.EntityManager;
import org.mckms.kms.domain.EpochRepository;
import org.mckms.kms.domain.ExternalCertificateRepository;
import org.mckms.kms.domain.IdentityRepository;
import org.mckms.kms.domain.IssuanceRecords;
import org.mckms.kms.domain.IssueAdvanceRepository;

/** The repositories over an entity manager that a test gives them. */
public final class TestRepositories {

    private final EntityManager entities;

    public TestRepositories(EntityManager entities) {
        this.entities = entities;
    }

    public EpochRepository epochs() {
        JpaEpochRepository repository = new JpaEpochRepository();
        repository.entities = entities;
        return repository;
    }

    public IdentityRepository identities() {
        JpaIdentityRepository repository = new JpaIdentityRepository();
        repository.entities = entities;
        return repository;
    }

    public IssuanceRecords issuances() {
        JpaIssuanceRecords records = new JpaIssuanceRecords();
        records.entities = entities;
        return records;
    }

    public IssueAdvanceRepository issueAdvances() {
        JpaIssueAdvanceRepository repository = new JpaIssueAdvanceRepository();
        repository.entities = entities;
        return repository;
    }

    public ExternalCertificateRepository externalCertificates() {
        JpaExternalCertificateRepository repository = new JpaExternalCertificateRepository();
        repository.entities = entities;
        return repository;
    }
}
