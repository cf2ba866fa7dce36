package org.mckms.kms.application;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptors;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.mckms.kms.domain.ClientKeysId;
import org.mckms.kms.domain.ClientKeysRecord;
import org.mckms.kms.domain.ClientKeysRegister;
import org.mckms.kms.domain.ClientKeysRotation;
import org.mckms.kms.domain.MasterSecretVault;
import org.mckms.kms.domain.OperatorIdentity;
import org.mckms.kms.domain.OperatorRole;
import org.mckms.kms.domain.RegistrationRequest;
import org.mckms.kms.domain.StoredClientKeys;
import org.mckms.kms.domain.VaultGate;
import org.mckms.kms.domain.VaultState;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.audit.AuditNote;
import org.mckms.platform.audit.RecordedTransactions;
import org.mckms.platform.persistence.ConcurrentChangeException;
import org.mckms.platform.persistence.Transactions;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.sealed.Recipient;
import org.mckms.protocol.security.ClientKeys;

/**
 * Registers the first TrK and InK of devices, out of band. Roles: officer to register, two of them for a server; officer or
 * operator to have keys renewed or revoked; any to look.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@Interceptors(OperatorRefusals.class)
public class ClientRegistration {

    /** Largest page. */
    public static final int MAX_PAGE = 500;

    private static final int ATTEMPTS = 3;

    @Inject
    ClientKeysRegister clientKeys;

    @Inject
    RegistrationRequests requests;

    @Inject
    RegistrationSealing sealing;

    @Inject
    ClientKeysRotation rotation;

    @Inject
    MasterSecretVault vault;

    @Inject
    Transactions transactions;

    @Inject
    RecordedTransactions recorded;

    @Inject
    Clock clock;

    /**
     * Makes keys for a device and seals them into a file, which is given once: nothing of it is kept, and the same call again
     * makes other keys, under which the former file is worth nothing. For a server it only stores the request.
     *
     * @param recipient who may open the file; not used for a server. Not closed
     * @throws KmsException {@code NOT_READY} without a valid epoch
     */
    public Registered register(OperatorIdentity caller, RegistrationOrder order, Recipient recipient) {
        caller.must(OperatorRole.OFFICER);
        OperatorInput.checkReason(order.reason());
        if (requests.needsTwo(order.id())) {
            throw new KmsException(
                    KmsErrorCode.SECOND_OFFICER_REQUIRED,
                    "keys of a server are asked for by one officer and approved by another");
        }
        return registered(caller, order, "generated", now -> make(order, recipient, now));
    }

    /**
     * Asks for keys of a server, which another officer approves or imports within a day.
     *
     * @param reason 1 to 500 characters
     * @throws KmsException {@code CONFLICT} for a client, whose keys need no second officer
     */
    public Registered request(OperatorIdentity caller, ClientKeysId id, String reason) {
        caller.must(OperatorRole.OFFICER);
        OperatorInput.checkReason(reason);
        VaultGate.requireActive(vault.status());
        if (!requests.needsTwo(id)) {
            throw new KmsException(KmsErrorCode.CONFLICT, "keys of a client need no second officer; register them");
        }
        RegistrationRequest stored = recorded.inNew(trail -> requests.ask(caller, id, reason, now(), trail));
        return new Registered(id, Registered.Outcome.REQUESTED, stored.expiresAt(), Optional.empty());
    }

    /**
     * Makes the keys of a server for which another officer has asked; the file is the approving officer's to hand over.
     *
     * @param recipient who may open the file; not closed
     * @throws KmsException {@code NOT_FOUND} without such a request, {@code SECOND_OFFICER_REQUIRED} if it is this officer's
     */
    public Registered approve(OperatorIdentity caller, RegistrationOrder order, Recipient recipient) {
        caller.must(OperatorRole.OFFICER);
        OperatorInput.checkReason(order.reason());
        if (!requests.needsTwo(order.id())) {
            throw new KmsException(KmsErrorCode.CONFLICT, "keys of a client need no second officer; register them");
        }
        return registered(caller, order, "generated", now -> make(order, recipient, now));
    }

    /**
     * Registers keys that the site has made itself; those of a server if another officer has asked for it.
     *
     * @param given not kept, the caller closes them
     * @throws KmsException as {@link #approve}; {@code CONFLICT} if another device of the owner has a key of this name
     */
    public Registered importKeys(OperatorIdentity caller, RegistrationOrder order, ClientKeys given) {
        caller.must(OperatorRole.OFFICER);
        OperatorInput.checkReason(order.reason());
        return registered(caller, order, "imported", now -> store(order, given, Optional.empty(), now));
    }

    private Registered registered(
            OperatorIdentity caller, RegistrationOrder order, String origin, Function<Instant, Done> source) {
        VaultGate.requireActive(vault.status());
        Done done = retried(() -> recorded.inNew(trail -> {
            Instant now = now();
            AuditNote note = Notes.operator(
                            AuditEvent.CLIENT_KEYS_REGISTERED,
                            caller,
                            order.id().ownerUri())
                    .with("reason", order.reason())
                    .with("origin", origin);
            if (requests.needsTwo(order.id())) {
                RegistrationRequest asked = requests.approve(caller, order.id(), now);
                note = note.with("requestedBy", asked.officer())
                        .with("requesterCertificateSha256", asked.officerCertificate())
                        .with("requestReason", asked.reason());
            }
            Done made = source.apply(now);
            trail.accept(Notes.of(made.record, note)
                    .with("names", String.join(" ", made.record.activeNames()))
                    .with("usableUntil", made.registered.until().toString()));
            return made;
        }));
        clientKeys.committed(done.record);
        return done.registered;
    }

    /** The first seal under a key of the token, or two registrations of one owner, are a race that one of them loses. */
    private static <T> T retried(Supplier<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return work.get();
            } catch (ConcurrentChangeException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** Sealing takes some tenths of a second, so it comes before the row of the device is locked. */
    private Done make(RegistrationOrder order, Recipient recipient, Instant now) {
        ClientKeysId id = order.id();
        try (ClientKeys fresh = rotation.fresh(clientKeys.nextNames(id.ownerUri()), true)) {
            Octets file = sealing.seal(id, fresh, until(order, now), recipient, now);
            return store(order, fresh, Optional.of(file), now);
        }
    }

    private Done store(RegistrationOrder order, ClientKeys keys, Optional<Octets> file, Instant now) {
        Instant until = until(order, now);
        ClientKeysRecord record = clientKeys.register(order.id(), keys, Optional.of(until), now);
        return new Done(new Registered(order.id(), Registered.Outcome.REGISTERED, until, file), record);
    }

    private static Instant until(RegistrationOrder order, Instant now) {
        return now.plus(order.validFor()).truncatedTo(ChronoUnit.SECONDS);
    }

    private record Done(Registered registered, ClientKeysRecord record) {}

    /**
     * A page of devices in the order of owner and name.
     *
     * @param after the last one of the page before
     */
    public List<ClientKeysView> list(OperatorIdentity caller, Optional<ClientKeysId> after, int limit) {
        caller.mustBeOneOf(OperatorRole.values());
        OperatorInput.checkPage(limit, MAX_PAGE);
        return views(transactions.inNew(() -> clientKeys.page(after, limit)));
    }

    /** The devices of one identity. */
    public List<ClientKeysView> ofOwner(OperatorIdentity caller, String ownerUri) {
        caller.mustBeOneOf(OperatorRole.values());
        return views(transactions.inNew(() -> clientKeys.ofOwner(ownerUri)));
    }

    /**
     * Has the next answer to the device bring new keys.
     *
     * @throws KmsException {@code NOT_FOUND}, {@code CONFLICT} if they are revoked
     */
    public ClientKeysView rotate(OperatorIdentity caller, ClientKeysId id, String reason) {
        return change(caller, AuditEvent.CLIENT_KEYS_ROTATION_ORDERED, id, reason, () -> clientKeys.orderRotation(id));
    }

    /**
     * Erases the keys of a device, which gets nothing more until it is registered again.
     *
     * @throws KmsException {@code NOT_FOUND}
     */
    public ClientKeysView revoke(OperatorIdentity caller, ClientKeysId id, String reason) {
        return change(caller, AuditEvent.CLIENT_KEYS_REVOKED, id, reason, () -> clientKeys.revoke(id, now()));
    }

    private ClientKeysView change(
            OperatorIdentity caller,
            AuditEvent event,
            ClientKeysId id,
            String reason,
            Supplier<ClientKeysRecord> change) {
        caller.mustBeOneOf(OperatorRole.OFFICER, OperatorRole.OPERATOR);
        OperatorInput.checkReason(reason);
        VaultGate.requireActive(vault.status());
        ClientKeysRecord changed = recorded.inNew(trail -> {
            ClientKeysRecord record = change.get();
            trail.accept(Notes.of(
                    record, Notes.operator(event, caller, id.ownerUri()).with("reason", reason)));
            return record;
        });
        clientKeys.committed(changed);
        return new ClientKeysView(id.toString(), Optional.of(changed), IdentityView.Integrity.INTACT);
    }

    private List<ClientKeysView> views(List<StoredClientKeys> rows) {
        boolean active = vault.status().state() == VaultState.ACTIVE;
        return rows.stream().map(row -> view(row, active)).toList();
    }

    private ClientKeysView view(StoredClientKeys row, boolean tokenAnswers) {
        Optional<ClientKeysRecord> record = row.content().map(StoredClientKeys.Content::record);
        if (record.isPresent() && !tokenAnswers) {
            return new ClientKeysView(row.id(), record, IdentityView.Integrity.UNCHECKED);
        }
        boolean intact = record.isPresent() && clientKeys.isIntact(row);
        return new ClientKeysView(
                row.id(), record, intact ? IdentityView.Integrity.INTACT : IdentityView.Integrity.BROKEN);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
