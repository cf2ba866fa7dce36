package org.mckms.kms.infrastructure.persistence;

import jakarta.persistence.EntityManager;
import javax.sql.DataSource;
import org.mckms.kms.domain.BundleItems;
import org.mckms.kms.domain.BundleJobRepository;
import org.mckms.kms.domain.ClientKeysRepository;
import org.mckms.kms.domain.EpochRepository;
import org.mckms.kms.domain.ExternalCertificateRepository;
import org.mckms.kms.domain.IdentityRepository;
import org.mckms.kms.domain.IssuanceRecords;
import org.mckms.kms.domain.IssueAdvanceRepository;
import org.mckms.kms.domain.RegistrationRequestRepository;
import org.mckms.kms.domain.SealCounts;
import org.mckms.kms.domain.SeenRequests;
import org.mckms.kms.domain.cek.CekRepository;
import org.mckms.kms.domain.token.TokenRevocationRepository;

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

    public IdentityRepository identities(DataSource dataSource) {
        JdbcIdentityRepository repository = new JdbcIdentityRepository();
        repository.dataSource = dataSource;
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

    public ClientKeysRepository clientKeys(DataSource dataSource) {
        JdbcClientKeysRepository repository = new JdbcClientKeysRepository();
        repository.dataSource = dataSource;
        return repository;
    }

    public SealCounts sealCounts() {
        JpaSealCounts counts = new JpaSealCounts();
        counts.entities = entities;
        return counts;
    }

    public SeenRequests seenRequests(DataSource dataSource) {
        JdbcSeenRequests seen = new JdbcSeenRequests();
        seen.dataSource = dataSource;
        return seen;
    }

    public ExternalCertificateRepository externalCertificates() {
        JpaExternalCertificateRepository repository = new JpaExternalCertificateRepository();
        repository.entities = entities;
        return repository;
    }

    public RegistrationRequestRepository registrationRequests() {
        JpaRegistrationRequestRepository repository = new JpaRegistrationRequestRepository();
        repository.entities = entities;
        return repository;
    }

    public BundleJobRepository bundleJobs() {
        JpaBundleJobRepository repository = new JpaBundleJobRepository();
        repository.entities = entities;
        return repository;
    }

    public CekRepository ceks(DataSource dataSource) {
        JdbcCekRepository repository = new JdbcCekRepository();
        repository.dataSource = dataSource;
        return repository;
    }

    public BundleItems bundleItems() {
        JpaBundleItems items = new JpaBundleItems();
        items.entities = entities;
        return items;
    }

    public TokenRevocationRepository tokenRevocations() {
        JpaTokenRevocations repository = new JpaTokenRevocations();
        repository.entities = entities;
        return repository;
    }
}
