package org.mckms.kms.domain;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.RowFields;

/** The waiting requests, checked against their MACs: nobody makes a first officer up in the database. */
public final class IssueAdvanceRegister {

    private final IssueAdvanceRepository rows;
    private final RowGuard guard;

    public IssueAdvanceRegister(IssueAdvanceRepository rows, RowGuard guard) {
        this.rows = requireNonNull(rows, "rows");
        this.guard = requireNonNull(guard, "guard");
    }

    /** @throws org.mckms.protocol.error.KmsException {@code INTERNAL} if the row was changed past this server */
    public Optional<IssueAdvanceRequest> find(String uri) {
        return rows.find(uri).map(row -> guard.trusted(RowTable.ISSUE_ADVANCE, row, this::fields));
    }

    public void put(IssueAdvanceRequest request) {
        rows.put(new MacProtected<>(request, guard.mac(fields(request))));
    }

    public void remove(String uri) {
        rows.remove(uri);
    }

    private RowFields fields(IssueAdvanceRequest request) {
        return guard.fields(RowTable.ISSUE_ADVANCE)
                .text(request.uri())
                .text(request.officer())
                .text(request.officerCertificate())
                .text(request.reason())
                .number(request.issue())
                .time(request.requestedAt());
    }
}
