package org.mckms.kms.infrastructure.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.Optional;
import org.mckms.kms.domain.ClientKeysId;
import org.mckms.kms.domain.RegistrationRequest;
import org.mckms.kms.domain.RegistrationRequestRepository;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.StoredRow;

/** Waiting requests in table {@code kms_registration_request}. */
@ApplicationScoped
public class JpaRegistrationRequestRepository implements RegistrationRequestRepository {

    @PersistenceContext(unitName = "kms")
    EntityManager entities;

    @Override
    public Optional<StoredRow<RegistrationRequest>> lock(ClientKeysId id) {
        return Optional.ofNullable(entities.find(
                        RegistrationRequestRow.class,
                        new RegistrationRequestRow.Key(id),
                        LockModeType.PESSIMISTIC_WRITE))
                .map(RegistrationRequestRow::stored);
    }

    @Override
    public void put(MacProtected<RegistrationRequest> request) {
        entities.merge(RegistrationRequestRow.of(request));
    }

    @Override
    public void remove(ClientKeysId id) {
        Optional.ofNullable(entities.find(RegistrationRequestRow.class, new RegistrationRequestRow.Key(id)))
                .ifPresent(entities::remove);
    }
}
