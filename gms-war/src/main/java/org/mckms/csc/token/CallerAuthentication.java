package org.mckms.csc.token;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.mckms.kms.domain.token.PresentedToken;
import org.mckms.platform.config.ProxyEntry;
import org.mckms.platform.config.ScopeSettings;
import org.mckms.platform.config.ServerEntry;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/**
 * Finds out who sends a request, from its Authorization header fields and from how it arrived: the client certificate of
 * its connection, or the word of a proxy that is configured to give it.
 */
public final class CallerAuthentication {

    private final AccessTokenValidator validator;
    private final CallerIdentification identification;
    private final SenderRecognition senders;
    private final List<ServerEntry> servers;
    private final Predicate<PresentedToken> revoked;

    /**
     * Takes the trusted issuers, the scopes of key management, and the configured servers and proxies.
     *
     * @param revoked which tokens were revoked
     */
    public CallerAuthentication(
            List<TrustedIssuer> issuers,
            ScopeSettings scopes,
            List<ServerEntry> servers,
            List<ProxyEntry> proxies,
            Predicate<PresentedToken> revoked,
            Clock clock) {
        this(
                new AccessTokenValidator(issuers, clock),
                new CallerIdentification(scopes, "key management", servers),
                new SenderRecognition(servers, proxies, clock),
                servers,
                revoked);
    }

    private CallerAuthentication(
            AccessTokenValidator validator,
            CallerIdentification identification,
            SenderRecognition senders,
            List<ServerEntry> servers,
            Predicate<PresentedToken> revoked) {
        this.validator = validator;
        this.identification = identification;
        this.senders = senders;
        this.servers = List.copyOf(servers);
        this.revoked = revoked;
    }

    /**
     * The same issuers, servers and proxies, for resources that other scopes open. What was read of the issuers' keys is
     * shared.
     *
     * @param purpose what the scopes allow, in words for those who lack them
     */
    public CallerAuthentication forScopes(ScopeSettings scopes, String purpose) {
        return new CallerAuthentication(
                validator, new CallerIdentification(scopes, purpose, servers), senders, servers, revoked);
    }

    /** Whoever holds it was once who the token says, so the audit trail names them; the answer is that of a bad token. */
    private static Decision revoked(Decision.Accepted accepted) {
        KmsException why = new KmsException(KmsErrorCode.UNAUTHENTICATED, "the token was revoked");
        return new Decision.Refused(accepted.caller(), Optional.empty(), why, "");
    }

    /** Reads the keys of all issuers; what is wrong with them is in the log afterwards. */
    public void readKeys() {
        validator.readKeys();
    }

    /**
     * Says whose connection a request came over, before any token is read.
     *
     * @throws KmsException UNTRUSTED_PROXY
     */
    public Sender recognise(Arrival arrival) {
        return senders.recognise(arrival);
    }

    /**
     * Decides who is calling.
     *
     * @param authorization values of all Authorization header fields
     * @throws KmsException AMBIGUOUS_AUTHORIZATION, UNAUTHENTICATED, or NOT_READY if the issuer's keys or the
     *     revocations cannot be had
     */
    public Decision authenticate(List<String> authorization, Sender sender) {
        Optional<String> token = BearerCredentials.tokenIn(authorization);
        if (token.isEmpty()) {
            return new Decision.Anonymous();
        }
        Decision decision = identification.decide(validator.validate(token.get()), sender);
        return decision instanceof Decision.Accepted accepted && revoked.test(accepted.token())
                ? revoked(accepted)
                : decision;
    }
}
