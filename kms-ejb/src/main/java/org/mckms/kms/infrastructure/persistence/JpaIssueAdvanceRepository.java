package org.mckms.kms.infrastructure.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Optional;
import org.mckms.kms.domain.IssueAdvanceRepository;
import org.mckms.kms.domain.IssueAdvanceRequest;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.StoredRow;

/** Waiting requests in table {@code kms_issue_advance}. */
@ApplicationScoped
public class JpaIssueAdvanceRepository implements IssueAdvanceRepository {

    @PersistenceContext(unitName = "kms")
    EntityManager entities;

    @Override
    public Optional<StoredRow<IssueAdvanceRequest>> find(String uri) {
        return Optional.ofNullable(entities.find(IssueAdvanceRow.class, uri)).map(IssueAdvanceRow::stored);
    }

    @Override
    public void put(MacProtected<IssueAdvanceRequest> request) {
        entities.merge(IssueAdvanceRow.of(request));
    }

    @Override
    public void remove(String uri) {
        Optional.ofNullable(entities.find(IssueAdvanceRow.class, uri)).ifPresent(entities::remove);
    }
}
