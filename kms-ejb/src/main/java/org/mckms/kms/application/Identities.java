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
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.mckms.kms.domain.CallerRules;
import org.mckms.kms.domain.ClientKind;
import org.mckms.kms.domain.ClientPolicy;
import org.mckms.kms.domain.IdentityRegister;
import org.mckms.kms.domain.MasterSecretVault;
import org.mckms.kms.domain.OperatorIdentity;
import org.mckms.kms.domain.OperatorRole;
import org.mckms.kms.domain.RegisteredIdentity;
import org.mckms.kms.domain.VaultState;
import org.mckms.kms.domain.cek.CekEnding;
import org.mckms.platform.audit.AuditNote;
import org.mckms.platform.audit.RecordedTransactions;
import org.mckms.platform.persistence.Transactions;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.StoredRow;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.codec.InteropProfile;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** What operators do to identities. Roles: any to read, officer or operator to change, officer for the issue counter. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@Interceptors(OperatorRefusals.class)
public class Identities {

    /** Largest page. */
    public static final int MAX_PAGE = 500;

    @Inject
    IdentityRegister identities;

    @Inject
    IssueCounters issueCounters;

    @Inject
    ContentKeyEnds ceks;

    @Inject
    CallerRules rules;

    @Inject
    MasterSecretVault vault;

    @Inject
    Transactions transactions;

    @Inject
    RecordedTransactions recorded;

    @Inject
    Clock clock;

    /**
     * In order of URI, those after {@code after}. Rows are shown even if their MAC is wrong, and say so.
     *
     * @param limit 1 to 500
     */
    public List<IdentityView> list(OperatorIdentity caller, Optional<String> after, int limit) {
        caller.mustBeOneOf(OperatorRole.values());
        OperatorInput.checkPage(limit, MAX_PAGE);
        return transactions.inNew(() -> identities.page(after, limit)).stream()
                .map(this::view)
                .toList();
    }

    /** @throws KmsException {@code NOT_FOUND} if the URI was never seen and never blocked */
    public IdentityView show(OperatorIdentity caller, String uri) {
        caller.mustBeOneOf(OperatorRole.values());
        return transactions
                .inNew(() -> identities.findUnchecked(uri))
                .map(this::view)
                .orElseThrow(() -> unknown(uri));
    }

    /**
     * Refuses an identity from the next request on, and ends its content encryption keys; works for a URI never seen, too.
     *
     * @param reason 1 to 500 characters
     * @throws KmsException {@code CONFLICT} if it is blocked already
     */
    public IdentityView block(OperatorIdentity caller, String uri, String reason) {
        caller.mustBeOneOf(OperatorRole.OFFICER, OperatorRole.OPERATOR);
        checkUri(uri);
        OperatorInput.checkReason(reason);
        return change(
                Notes.operator(AuditEvent.IDENTITY_BLOCKED, caller, uri).with("reason", reason),
                uri,
                identity -> {
                    if (identity.isBlocked()) {
                        throw new KmsException(KmsErrorCode.CONFLICT, "the identity is blocked already");
                    }
                    return identity.blocked(reason);
                },
                trail -> ceks.endAllOf(uri, CekEnding.IDENTITY_BLOCKED, trail));
    }

    /**
     * Serves a blocked identity again.
     *
     * @param reason 1 to 500 characters
     * @throws KmsException {@code CONFLICT} if it is not blocked, {@code NOT_FOUND} if it was never seen
     */
    public IdentityView unblock(OperatorIdentity caller, String uri, String reason) {
        caller.mustBeOneOf(OperatorRole.OFFICER, OperatorRole.OPERATOR);
        OperatorInput.checkReason(reason);
        requireKnown(uri);
        return change(
                Notes.operator(AuditEvent.IDENTITY_UNBLOCKED, caller, uri).with("reason", reason), uri, identity -> {
                    if (!identity.isBlocked()) {
                        throw new KmsException(KmsErrorCode.CONFLICT, "the identity is not blocked");
                    }
                    return identity.unblocked();
                });
    }

    /**
     * Works for a URI never seen, too: a client can be configured before it first comes.
     *
     * @throws KmsException {@code OPERATOR_ROLE_REQUIRED} if somebody else than an officer lets a client go unsigned,
     *     {@code CONFLICT} if a server would
     */
    public IdentityView setPolicy(OperatorIdentity caller, String uri, ClientPolicy policy) {
        caller.mustBeOneOf(OperatorRole.OFFICER, OperatorRole.OPERATOR);
        checkUri(uri);
        if (policy.unsignedRequests()) {
            caller.must(OperatorRole.OFFICER);
            refuseForServer(uri);
        }
        AuditNote note = Notes.operator(AuditEvent.IDENTITY_POLICY_CHANGED, caller, uri)
                .with("periodsServed", policy.periodsServed().name())
                .with(
                        "profiles",
                        policy.orderedProfiles().stream()
                                .map(InteropProfile::profileName)
                                .collect(Collectors.joining(",")));
        return change(note, uri, identity -> identity.with(policy));
    }

    /**
     * Forces new SSK and PVT by two officers: the first call asks, the same call by another officer within a day advances
     * the counter. The old PVT stays valid where it was seen; RSK does not change.
     *
     * @param reason 1 to 500 characters
     * @throws KmsException {@code CONFLICT} if the same officer calls twice, {@code NOT_FOUND} for an unknown URI
     */
    public IssueAdvance advanceIssue(OperatorIdentity caller, String uri, String reason) {
        caller.must(OperatorRole.OFFICER);
        OperatorInput.checkReason(reason);
        return recorded.inNew(trail -> issueCounters.advance(caller, uri, reason, now(), trail));
    }

    private void refuseForServer(String uri) {
        if (rules.kindOf(uri) != ClientKind.MC_CLIENT) {
            throw new KmsException(KmsErrorCode.CONFLICT, "servers sign their requests, whatever their profiles");
        }
    }

    private IdentityView change(AuditNote note, String uri, UnaryOperator<RegisteredIdentity> change) {
        return change(note, uri, change, trail -> {});
    }

    /** @param consequences inside the same transaction, which holds the row of the identity */
    private IdentityView change(
            AuditNote note,
            String uri,
            UnaryOperator<RegisteredIdentity> change,
            Consumer<Consumer<AuditNote>> consequences) {
        RegisteredIdentity changed = recorded.inNew(trail -> {
            Optional<RegisteredIdentity> known = identities.lockToHeal(uri);
            RegisteredIdentity after = change.apply(
                    known.orElseGet(() -> RegisteredIdentity.fresh(uri, rules.kindOf(uri), now(), Optional.empty())));
            if (known.isPresent()) {
                identities.change(after);
            } else {
                identities.add(after);
            }
            trail.accept(note.with(IdentityTrail.REVISION, Long.toString(after.revision())));
            consequences.accept(trail);
            return after;
        });
        identities.committed(changed);
        return view(changed, IdentityView.Integrity.INTACT);
    }

    private void requireKnown(String uri) {
        if (transactions.inNew(() -> identities.findUnchecked(uri)).isEmpty()) {
            throw unknown(uri);
        }
    }

    private static KmsException unknown(String uri) {
        return new KmsException(KmsErrorCode.NOT_FOUND, "no identity " + uri + " was ever seen");
    }

    private static void checkUri(String uri) {
        if (uri.isBlank()
                || uri.length() > RegisteredIdentity.MAX_URI_CHARACTERS
                || uri.chars().anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c))) {
            throw new KmsException(
                    KmsErrorCode.MALFORMED_REQUEST,
                    "an identity has 1 to " + RegisteredIdentity.MAX_URI_CHARACTERS
                            + " characters without white space");
        }
    }

    private IdentityView view(StoredRow<RegisteredIdentity> stored) {
        if (stored.content().isEmpty()) {
            return unreadable(stored.id());
        }
        MacProtected<RegisteredIdentity> content = stored.content().get();
        if (vault.status().state() != VaultState.ACTIVE) {
            return view(content.row(), IdentityView.Integrity.UNCHECKED);
        }
        boolean intact = identities.isIntact(content);
        return view(content.row(), intact ? IdentityView.Integrity.INTACT : IdentityView.Integrity.BROKEN);
    }

    private IdentityView unreadable(String uri) {
        return new IdentityView(
                uri,
                rules.kindOf(uri),
                Instant.EPOCH,
                Optional.empty(),
                Optional.of("the row in the database cannot be read"),
                ClientPolicy.STANDARD,
                0,
                0,
                IdentityView.Integrity.BROKEN);
    }

    private static IdentityView view(RegisteredIdentity identity, IdentityView.Integrity integrity) {
        return new IdentityView(
                identity.uri(),
                identity.kind(),
                identity.firstSeen(),
                identity.registeredAt(),
                identity.blockedReason(),
                identity.policy(),
                identity.issue(),
                identity.revision(),
                integrity);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
