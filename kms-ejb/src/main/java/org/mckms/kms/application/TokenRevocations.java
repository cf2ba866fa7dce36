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
import java.util.UUID;
import java.util.function.Consumer;
import org.mckms.kms.domain.IdentityRegister;
import org.mckms.kms.domain.OperatorIdentity;
import org.mckms.kms.domain.OperatorRole;
import org.mckms.kms.domain.cek.CekEnding;
import org.mckms.kms.domain.token.RevokedTarget;
import org.mckms.kms.domain.token.RevokedTokens;
import org.mckms.kms.domain.token.TokenDigest;
import org.mckms.kms.domain.token.TokenRevocation;
import org.mckms.kms.domain.token.TokenRevocationRepository;
import org.mckms.platform.audit.AuditNote;
import org.mckms.platform.audit.RecordedTransactions;
import org.mckms.platform.config.KmsSettings;
import org.mckms.platform.config.TokenIssuerSettings;
import org.mckms.platform.persistence.Transactions;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** Access tokens that operators revoke before they expire. Roles: any to read, officer or operator to revoke. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@Interceptors(OperatorRefusals.class)
public class TokenRevocations {

    /** Longest list. */
    public static final int MAX_LIST = 500;

    @Inject
    TokenRevocationRepository revocations;

    @Inject
    RevokedTokens known;

    @Inject
    ContentKeyEnds ceks;

    @Inject
    IdentityRegister identities;

    @Inject
    Transactions transactions;

    @Inject
    RecordedTransactions recorded;

    @Inject
    KmsSettings settings;

    @Inject
    Clock clock;

    /**
     * Refuses one token from now on at this node, and within seconds at all others; then ends the content encryption keys that
     * were made under it. The first needs no vault; if the second fails for lack of one, the first counts, and calling again
     * does the second.
     *
     * @param jti    its identifier, 1 to 512 characters
     * @param reason 1 to 500 characters
     * @throws KmsException {@code NOT_FOUND} for an issuer that is not configured; {@code NOT_READY} or
     *     {@code HSM_UNAVAILABLE} if keys could not be ended
     */
    public TokenRevocationView revokeToken(
            OperatorIdentity caller, String issuer, String jti, Optional<String> reason) {
        mayRevoke(caller, reason);
        if (settings.issuers().stream().map(TokenIssuerSettings::name).noneMatch(issuer::equals)) {
            throw new KmsException(KmsErrorCode.NOT_FOUND, "no token issuer " + issuer + " is configured");
        }
        if (jti.isEmpty() || jti.length() > RevokedTarget.MAX_ID_CHARACTERS) {
            throw new KmsException(
                    KmsErrorCode.MALFORMED_REQUEST,
                    "the identifier of a token has 1 to " + RevokedTarget.MAX_ID_CHARACTERS + " characters");
        }
        return revoke(caller, new RevokedTarget.OneToken(issuer, jti), now(), reason);
    }

    /**
     * The same for all tokens of an identity that were issued before a moment, or do not say when; all its keys end.
     *
     * @param issuedBefore not in the future; empty: now
     * @throws KmsException {@code MALFORMED_REQUEST} for a moment in the future; as {@link #revokeToken}
     */
    public TokenRevocationView revokeOlder(
            OperatorIdentity caller, String uri, Optional<Instant> issuedBefore, Optional<String> reason) {
        mayRevoke(caller, reason);
        Instant now = now();
        Instant moment = issuedBefore.orElse(now).truncatedTo(ChronoUnit.MICROS);
        if (moment.isAfter(now)) {
            throw new KmsException(
                    KmsErrorCode.MALFORMED_REQUEST,
                    "issuedBefore lies in the future; to keep an identity out, block it");
        }
        return revoke(caller, new RevokedTarget.IssuedBefore(uri, moment), now, reason);
    }

    private TokenRevocationView revoke(
            OperatorIdentity caller, RevokedTarget target, Instant now, Optional<String> reason) {
        TokenRevocation revocation = new TokenRevocation(UUID.randomUUID(), target, now, caller.name(), reason);
        recorded.inNew(trail -> {
            revocations.add(revocation);
            trail.accept(TokenRevocationTrail.of(
                    revocation,
                    Notes.operator(AuditEvent.TOKEN_REVOKED, caller, TokenRevocationTrail.subject(target))));
            return revocation;
        });
        known.learn(revocation);
        if (settings.cek().isPresent()) {
            recorded.inNewTogether(trail -> {
                endKeys(target, trail);
                return revocation;
            });
        }
        return TokenRevocationView.of(revocation);
    }

    /** With the row of the identity, so that none of its keys is being made meanwhile. */
    private void endKeys(RevokedTarget target, Consumer<AuditNote> trail) {
        if (target instanceof RevokedTarget.OneToken one) {
            ceks.endOfToken(TokenDigest.of(one.issuer(), one.jti()), trail);
        } else if (target instanceof RevokedTarget.IssuedBefore before) {
            identities.lockToHeal(before.uri());
            ceks.endAllOf(before.uri(), CekEnding.TOKEN_REVOKED, trail);
        }
    }

    /**
     * Those that may still be of tokens alive, the newest first.
     *
     * @param limit 1 to 500
     */
    public List<TokenRevocationView> list(OperatorIdentity caller, int limit) {
        caller.mustBeOneOf(OperatorRole.values());
        OperatorInput.checkPage(limit, MAX_LIST);
        return transactions.inNew(() -> revocations.newest(limit)).stream()
                .map(TokenRevocationView::of)
                .toList();
    }

    private static void mayRevoke(OperatorIdentity caller, Optional<String> reason) {
        caller.mustBeOneOf(OperatorRole.OFFICER, OperatorRole.OPERATOR);
        reason.ifPresent(OperatorInput::checkReason);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
