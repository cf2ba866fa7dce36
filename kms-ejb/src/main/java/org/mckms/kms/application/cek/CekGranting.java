package org.mckms.kms.application.cek;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.kms.domain.CallerRules;
import org.mckms.kms.domain.ClientKind;
import org.mckms.kms.domain.IdentityRegister;
import org.mckms.kms.domain.RegisteredIdentity;
import org.mckms.kms.domain.cek.CekGenerator;
import org.mckms.kms.domain.cek.CekPolicy;
import org.mckms.kms.domain.cek.CekRecord;
import org.mckms.kms.domain.cek.CekRegister;
import org.mckms.kms.domain.cek.CekRepository.Holding;
import org.mckms.kms.domain.cek.CekScope;
import org.mckms.kms.domain.cek.CekState;
import org.mckms.kms.domain.cek.OpenedCek;
import org.mckms.kms.domain.cek.OpenedCeks;
import org.mckms.kms.domain.cek.ScopeKeys;
import org.mckms.kms.domain.cek.StoredCek;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.audit.AuditNote;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/**
 * Gives content encryption keys out, and makes and renews them for that. Inside the caller's transaction, which holds the row
 * of the user's identity: no two make a key of one user at once, and none is made for a user who is being blocked.
 */
@ApplicationScoped
class CekGranting {

    @Inject
    IdentityRegister identities;

    @Inject
    CallerRules rules;

    @Inject
    CekRegister register;

    @Inject
    CekPolicy policy;

    @Inject
    CekGenerator generator;

    @Inject
    CekLife life;

    @Inject
    StandingTokens tokens;

    /** Has the token asked, where that is due, for what keys are made from. Before the transaction; never throws. */
    void prepare() {
        generator.prepare();
    }

    /**
     * Holds the row of the caller's own identity, which is made if there is none yet.
     *
     * @throws KmsException {@code IDENTITY_BLOCKED} or {@code FORBIDDEN_IDENTITY}; {@code UNAUTHENTICATED} if the token was
     *     revoked since the request was let in
     */
    void holdOwn(AuthenticatedIdentity caller, String userUri, Instant now) {
        Optional<RegisteredIdentity> known = identities.lock(userUri);
        if (known.isPresent()) {
            rules.checkIdentity(caller, known.get());
        } else {
            identities.add(RegisteredIdentity.fresh(userUri, caller.kind(), now, Optional.empty()));
        }
        tokens.require(caller);
    }

    /**
     * Holds the row of a user for whom its server, or the KMS itself, asks.
     *
     * @throws KmsException {@code NOT_FOUND} if there is no such user, {@code IDENTITY_BLOCKED}
     */
    void holdUser(String userUri) {
        RegisteredIdentity user = identities
                .lock(userUri)
                .filter(identity -> identity.kind() == ClientKind.MC_CLIENT)
                .orElseThrow(CekGranting::noKey);
        if (user.isBlocked()) {
            throw new KmsException(KmsErrorCode.IDENTITY_BLOCKED, "this identity is blocked");
        }
    }

    /**
     * The keys of a scope, ended ones included while they are remembered; if none of them seals, now or soon, a new one is
     * made.
     *
     * @param given takes them over; the caller closes it
     * @throws KmsException {@code TOO_MANY_KEYS}, {@code HSM_UNAVAILABLE}, {@code NOT_READY}
     */
    void current(
            CekScope scope, AuthenticatedIdentity caller, Instant now, OpenedCeks given, Consumer<AuditNote> trail) {
        ScopeKeys keys = register.ofScope(scope);
        if (keys.pending(now).isEmpty() && keys.active(now).isEmpty()) {
            given.add(first(scope, caller, now, trail));
            open(keys, given);
        } else {
            serve(keys, caller, given, trail);
        }
    }

    /**
     * As {@link #current} where renewal is asked for.
     *
     * @throws KmsException as {@link #current}; {@code NOT_FOUND} if a server asks and there is no key
     */
    void renewed(
            CekScope scope, AuthenticatedIdentity caller, Instant now, OpenedCeks given, Consumer<AuditNote> trail) {
        ScopeKeys keys = register.ofScope(scope);
        CekAuthor author = CekAuthor.of(caller);
        switch (policy.renewal(keys, now)) {
            case GIVE -> serve(keys, caller, given, trail);
            case MAKE -> {
                requireClient(caller);
                given.add(first(scope, caller, now, trail));
                open(keys, given);
            }
            case PROLONG -> open(prolonged(keys.active(now).orElseThrow(), now, author, trail), given);
            case REPLACE -> {
                checkEnds(register.holding(scope.userUri(), scope.serverUri()));
                CekRecord active = held(keys.active(now).orElseThrow()).cek();
                given.add(life.make(
                        policy.fresh(generator.keyId(), scope, Optional.of(active), token(caller, active), now),
                        author,
                        trail));
                open(keys, given);
            }
        }
    }

    private static void requireClient(AuthenticatedIdentity caller) {
        if (caller.kind() != ClientKind.MC_CLIENT) {
            throw noKey();
        }
    }

    private OpenedCek first(CekScope scope, AuthenticatedIdentity caller, Instant now, Consumer<AuditNote> trail) {
        Holding holding = register.holding(scope.userUri(), scope.serverUri());
        if (scope.session().isPresent() && !policy.allowsSession(holding.sessions())) {
            throw new KmsException(
                    KmsErrorCode.TOO_MANY_KEYS, "this user has keys of " + holding.sessions() + " sessions already");
        }
        checkEnds(holding);
        CekRecord fresh = policy.fresh(
                generator.keyId(), scope, Optional.empty(), caller.token().digest(), now);
        return life.make(fresh, CekAuthor.of(caller), trail);
    }

    /** No key comes on top of too many that the server may still take for good ones. */
    private void checkEnds(Holding holding) {
        if (!policy.allowsKey(holding.unacknowledgedEnds())) {
            throw new KmsException(
                    KmsErrorCode.TOO_MANY_KEYS,
                    "this user has " + holding.unacknowledgedEnds()
                            + " keys whose end the server has not acknowledged");
        }
    }

    /** A server that asks has a token of its own; the key goes with the token of its user. */
    private static Optional<Octets> token(AuthenticatedIdentity caller, CekRecord old) {
        return caller.kind() == ClientKind.MC_CLIENT ? caller.token().digest() : old.tokenDigest();
    }

    /** Makes the successor of an active key that nobody asked for, unless it was changed meanwhile or has one already. */
    void succeeded(CekRecord known, Instant now, Consumer<AuditNote> trail) {
        holdUser(known.scope().userUri());
        ScopeKeys keys = register.ofScope(known.scope());
        Optional<StoredCek> active = keys.active(now)
                .filter(stored -> stored.cek().keyId().equals(known.keyId()))
                .filter(stored -> keys.pending(now).isEmpty());
        if (active.isPresent()) {
            checkEnds(register.holding(known.scope().userUri(), known.scope().serverUri()));
            CekRecord held = held(active.get()).cek();
            life.make(policy.successor(generator.keyId(), held, now), CekAuthor.SYSTEM, trail)
                    .close();
        }
    }

    /**
     * Holds the row of a key, so that whoever ends it comes before this or sees what comes of it.
     *
     * @throws KmsException {@code CONFLICT} if it was changed since it was read
     */
    private StoredCek held(StoredCek read) {
        return register.lock(List.of(read.cek().keyId())).intact().stream()
                .filter(stored -> stored.cek().equals(read.cek()))
                .findFirst()
                .orElseThrow(() ->
                        new KmsException(KmsErrorCode.CONFLICT, "the key was changed in the same moment; ask again"));
    }

    /** Rows that end or are acknowledged meanwhile are held first and read anew. */
    private ScopeKeys prolonged(StoredCek active, Instant now, CekAuthor author, Consumer<AuditNote> trail) {
        CekRecord known = active.cek();
        life.prolong(held(active), policy.prolonged(known, now), author, trail);
        return register.ofScope(known.scope());
    }

    /** Keys that are there already are given out again. */
    private void serve(ScopeKeys keys, AuthenticatedIdentity caller, OpenedCeks given, Consumer<AuditNote> trail) {
        open(keys, given);
        served(keys.all(), caller, trail);
    }

    /** Writes down that keys were given out again. */
    static void served(List<StoredCek> ceks, AuthenticatedIdentity caller, Consumer<AuditNote> trail) {
        ceks.stream()
                .map(StoredCek::cek)
                .filter(cek -> cek.state() != CekState.ENDED)
                .forEach(cek -> trail.accept(CekAuthor.of(caller).note(AuditEvent.CEK_SERVED, cek)));
    }

    /** Opens the keys of a scope. */
    void open(ScopeKeys keys, OpenedCeks given) {
        keys.all().forEach(stored -> given.add(register.open(stored)));
    }

    /** The same for a key that does not exist and for one of somebody else. */
    static KmsException noKey() {
        return new KmsException(KmsErrorCode.NOT_FOUND, "there is no such content encryption key");
    }
}
