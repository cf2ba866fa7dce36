package org.mckms.kms.domain;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import org.mckms.mikeysakke.InvalidValueException;

/**
 * What the server remembers of one identity.
 *
 * @param uri           at most 512 characters
 * @param registeredAt  first successful provisioning; no key period that ended before it is ever served
 * @param blockedReason why an operator blocked it; empty: not blocked
 * @param issue         forces new SSK and PVT; only goes up
 * @param revision      counts changes, from 1
 */
public record RegisteredIdentity(
        String uri,
        ClientKind kind,
        Instant firstSeen,
        Optional<Instant> registeredAt,
        Optional<String> blockedReason,
        ClientPolicy policy,
        int issue,
        long revision) {

    /** Longest URI that can be an identity here. */
    public static final int MAX_URI_CHARACTERS = 512;

    /** Longest reason for a block. */
    public static final int MAX_REASON_CHARACTERS = 500;

    public RegisteredIdentity {
        requireNonNull(kind, "kind");
        requireNonNull(firstSeen, "firstSeen");
        requireNonNull(policy, "policy");
        if (uri.isEmpty() || uri.length() > MAX_URI_CHARACTERS) {
            throw new InvalidValueException("an identity has 1 to " + MAX_URI_CHARACTERS + " characters");
        }
        if (blockedReason.filter(r -> r.length() > MAX_REASON_CHARACTERS).isPresent()) {
            throw new InvalidValueException("a reason has at most " + MAX_REASON_CHARACTERS + " characters");
        }
        if (issue < 0 || revision < 1) {
            throw new InvalidValueException("issue counter or revision out of range");
        }
    }

    /** An identity nobody has seen before. */
    public static RegisteredIdentity fresh(String uri, ClientKind kind, Instant now, Optional<Instant> registeredAt) {
        return new RegisteredIdentity(uri, kind, now, registeredAt, Optional.empty(), ClientPolicy.STANDARD, 0, 1);
    }

    public boolean isBlocked() {
        return blockedReason.isPresent();
    }

    /** Whether an operator decided something about it that an older row would undo. */
    boolean isDecidedOn() {
        return isBlocked() || issue > 0 || !policy.equals(ClientPolicy.STANDARD);
    }

    /** The same identity as another kind of client. */
    public RegisteredIdentity as(ClientKind otherKind) {
        return new RegisteredIdentity(
                uri, otherKind, firstSeen, registeredAt, blockedReason, policy, issue, revision + 1);
    }

    public RegisteredIdentity registered(Instant now) {
        return new RegisteredIdentity(
                uri, kind, firstSeen, Optional.of(now), blockedReason, policy, issue, revision + 1);
    }

    public RegisteredIdentity blocked(String reason) {
        return new RegisteredIdentity(
                uri, kind, firstSeen, registeredAt, Optional.of(reason), policy, issue, revision + 1);
    }

    public RegisteredIdentity unblocked() {
        return new RegisteredIdentity(
                uri, kind, firstSeen, registeredAt, Optional.empty(), policy, issue, revision + 1);
    }

    public RegisteredIdentity with(ClientPolicy newPolicy) {
        return new RegisteredIdentity(
                uri, kind, firstSeen, registeredAt, blockedReason, newPolicy, issue, revision + 1);
    }

    public RegisteredIdentity withNextIssue() {
        return new RegisteredIdentity(
                uri, kind, firstSeen, registeredAt, blockedReason, policy, Math.addExact(issue, 1), revision + 1);
    }

    /** The same identity, as if it had been changed at least so often: what is derived from it comes after all that was known. */
    RegisteredIdentity since(long knownRevision) {
        return new RegisteredIdentity(
                uri, kind, firstSeen, registeredAt, blockedReason, policy, issue, Math.max(revision, knownRevision));
    }
}
