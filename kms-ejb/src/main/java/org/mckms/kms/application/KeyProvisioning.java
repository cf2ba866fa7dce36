package org.mckms.kms.application;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.mckms.kms.application.KeySetIssue.Wanted;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.kms.domain.CallerRules;
import org.mckms.kms.domain.EpochPeriod;
import org.mckms.kms.domain.EpochRegister;
import org.mckms.kms.domain.EpochRegister.EpochCatalogue;
import org.mckms.kms.domain.EpochRetiredException;
import org.mckms.kms.domain.IdentityRegister;
import org.mckms.kms.domain.PeriodWindow;
import org.mckms.kms.domain.ProvisioningRequest;
import org.mckms.kms.domain.RegisteredIdentity;
import org.mckms.kms.domain.RequestChecks;
import org.mckms.kms.domain.cek.OpenedCeks;
import org.mckms.platform.audit.AuditNote;
import org.mckms.platform.audit.RecordedTransactions;
import org.mckms.platform.config.KmsSettings;
import org.mckms.platform.persistence.ConcurrentChangeException;
import org.mckms.platform.persistence.Unwritten;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.codec.WireDialect;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsKeyProv;
import org.mckms.protocol.message.KmsKeySet;
import org.mckms.protocol.message.KmsResponse;

/** KMS KeyProvision: gives a client the key sets of its own identities (TS 33.180 annex D.2.4). */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class KeyProvisioning {

    private static final int ATTEMPTS = 3;

    @Inject
    RequestAdmission admission;

    @Inject
    RecordedTransactions recorded;

    @Inject
    IdentityRegister identities;

    @Inject
    EpochRegister epochs;

    @Inject
    PeriodWindow window;

    @Inject
    CallerRules rules;

    @Inject
    KeySetIssue keySetIssue;

    @Inject
    KeysBesideKeySets ceks;

    @Inject
    KmsSettings settings;

    /**
     * Issues one key set per identity asked for and key period. Asking again gives the same key sets. When this returns,
     * the audit records are on disk.
     *
     * @param form learns how the answer, or the refusal, is to be written
     * @return closed by the caller, which wipes the keys
     * @throws KmsException what was refused, and why; no key was released
     */
    public KmsResponse provision(AuthenticatedIdentity caller, ProvisioningRequest request, AnswerForm form) {
        request.uri().ifPresent(caller::mayRequest);
        RequestAdmission.Asked asked = RequestAdmission.Asked.renewing(request.body(), request.requestUrl());
        try (AdmittedRequest admitted = admission.admit(caller, asked, form)) {
            RequestChecks.checkSameIdentity(admitted.body(), request.uri());
            KeyTransport.check(caller, form, settings);
            return issued(admitted, request, form);
        }
    }

    private KmsResponse issued(AdmittedRequest admitted, ProvisioningRequest request, AnswerForm form) {
        boolean withCeks = ceks.goWithKeys(admitted.caller(), form);
        if (withCeks) {
            ceks.prepare();
        }
        for (int attempt = 1; ; attempt++) {
            List<KmsKeySet> issued = new ArrayList<>();
            boolean done = false;
            AtomicBoolean changed = new AtomicBoolean(withCeks);
            try (OpenedCeks withThem = new OpenedCeks()) {
                Unwritten<WireDialect> unwritten = recorded.inNewUnwritten(trail -> {
                    WireDialect dialect = issue(admitted, request, issued, trail, () -> changed.set(true));
                    if (withCeks) {
                        ceks.add(admitted.caller(), uris(admitted, request), admitted.now(), withThem, trail);
                    }
                    return dialect;
                });
                if (changed.get()) { // else the audit record has forced to the disk whatever was read
                    unwritten.written();
                }
                form.dialect(unwritten.result());
                if (withCeks) {
                    ceks.checkStill(admitted.caller());
                }
                KmsResponse response = response(admitted, request, issued, withThem);
                done = true;
                return response;
            } catch (ConcurrentChangeException | EpochRetiredException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            } finally {
                if (!done) {
                    issued.forEach(KmsKeySet::close);
                }
            }
        }
    }

    /** @param changed is run if anything is other than it was before */
    private WireDialect issue(
            AdmittedRequest admitted,
            ProvisioningRequest request,
            List<KmsKeySet> issued,
            Consumer<AuditNote> trail,
            Runnable changed) {
        AuthenticatedIdentity caller = admitted.caller();
        EpochCatalogue catalogue = epochs.checked();
        window.current(catalogue, admitted.now());
        List<String> uris = uris(admitted, request);
        Map<String, RegisteredIdentity> locked = lockInOrder(caller, uris, admitted.now(), trail, changed);
        List<Wanted> wanted = uris.stream()
                .map(locked::get)
                .flatMap(identity -> periods(catalogue, identity, request, admitted.now()).stream()
                        .map(period -> new Wanted(identity, period)))
                .toList();
        issued.addAll(keySetIssue.issue(caller, wanted, admitted.now(), trail, changed));
        return locked.get(uris.get(0)).policy().dialect();
    }

    private static List<String> uris(AdmittedRequest admitted, ProvisioningRequest request) {
        return request.uri().map(List::of).orElse(admitted.caller().ownedUris());
    }

    /** Rows are locked in alphabetic order, so that two requests of one client never wait for each other. */
    private Map<String, RegisteredIdentity> lockInOrder(
            AuthenticatedIdentity caller, List<String> uris, Instant now, Consumer<AuditNote> trail, Runnable changed) {
        Map<String, RegisteredIdentity> locked = new TreeMap<>();
        for (String uri : uris.stream().sorted().toList()) {
            Optional<RegisteredIdentity> known = identities.lock(uri);
            known.ifPresent(identity -> rules.checkIdentity(caller, identity));
            RegisteredIdentity present = known.map(identity -> ofKind(caller, identity, trail))
                    .map(identity -> registered(identity, now))
                    .orElseGet(() -> register(caller, uri, now));
            if (!known.equals(Optional.of(present))) {
                changed.run();
            }
            locked.put(uri, present);
        }
        return locked;
    }

    private RegisteredIdentity register(AuthenticatedIdentity caller, String uri, Instant now) {
        RegisteredIdentity fresh = RegisteredIdentity.fresh(uri, caller.kind(), now, Optional.of(now));
        identities.add(fresh);
        return fresh;
    }

    /** The settings may have given a server another kind since it was registered. */
    private RegisteredIdentity ofKind(
            AuthenticatedIdentity caller, RegisteredIdentity identity, Consumer<AuditNote> trail) {
        if (identity.kind() == caller.kind()) {
            return identity;
        }
        RegisteredIdentity changed = identity.as(caller.kind());
        identities.change(changed);
        trail.accept(Notes.client(AuditEvent.IDENTITY_POLICY_CHANGED, caller, identity.uri())
                .with("kindBefore", identity.kind().name())
                .with("reason", "the settings name it as a server of this kind"));
        return changed;
    }

    /** An identity that was blocked or configured before it ever came is registered now. */
    private RegisteredIdentity registered(RegisteredIdentity identity, Instant now) {
        if (identity.registeredAt().isPresent()) {
            return identity;
        }
        RegisteredIdentity registered = identity.registered(now);
        identities.change(registered);
        return registered;
    }

    private List<EpochPeriod> periods(
            EpochCatalogue catalogue, RegisteredIdentity identity, ProvisioningRequest request, Instant now) {
        if (request.time().isEmpty()) {
            return window.selectCurrent(catalogue, now, identity.policy().periodsServed());
        }
        List<EpochPeriod> wanted =
                window.select(catalogue, now, request.time().get().toInstant());
        return PeriodWindow.sinceRegistration(wanted, identity.registeredAt().orElse(now));
    }

    private KmsResponse response(
            AdmittedRequest admitted, ProvisioningRequest request, List<KmsKeySet> issued, OpenedCeks withThem) {
        String addressee = request.uri().orElseGet(admitted::addressee);
        return admitted.answer(
                addressee,
                settings.site().kmsUri(),
                new KmsKeyProv(issued, admitted.newKeys(), ceks.list(withThem, addressee)));
    }
}
