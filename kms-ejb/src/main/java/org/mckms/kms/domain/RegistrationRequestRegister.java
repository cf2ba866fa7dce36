package org.mckms.kms.domain;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.RowFields;

/** The waiting requests, checked against their MACs: nobody makes a first officer up in the database. */
public final class RegistrationRequestRegister {

    private final RegistrationRequestRepository rows;
    private final RowGuard guard;

    public RegistrationRequestRegister(RegistrationRequestRepository rows, RowGuard guard) {
        this.rows = requireNonNull(rows, "rows");
        this.guard = requireNonNull(guard, "guard");
    }

    /** @throws org.mckms.protocol.error.KmsException {@code INTERNAL} if the row was changed past this server */
    public Optional<RegistrationRequest> lock(ClientKeysId id) {
        return rows.lock(id).map(row -> guard.trusted(RowTable.REGISTRATION_REQUEST, row, this::fields));
    }

    public void put(RegistrationRequest request) {
        rows.put(new MacProtected<>(request, guard.mac(fields(request))));
    }

    public void remove(ClientKeysId id) {
        rows.remove(id);
    }

    private RowFields fields(RegistrationRequest request) {
        return guard.fields(RowTable.REGISTRATION_REQUEST)
                .text(request.id().ownerUri())
                .text(request.id().device())
                .text(request.officer())
                .text(request.officerCertificate())
                .text(request.reason())
                .time(request.requestedAt());
    }
}
