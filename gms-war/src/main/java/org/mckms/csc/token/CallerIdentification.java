package org.mckms.csc.token;

import static org.mckms.protocol.error.KmsErrorCode.FORBIDDEN_IDENTITY;
import static org.mckms.protocol.error.KmsErrorCode.INSUFFICIENT_SCOPE;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.kms.domain.ClientKind;
import org.mckms.platform.config.ScopeSettings;
import org.mckms.platform.config.ServerEntry;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/**
 * Says whom a token that holds stands for, and which identities are its own.
 *
 * <p>A user owns the identity of each service for which the token has both the scope and the claim. A server needs its
 * certificate and a token with its client_id, both of one configured entry, and owns that entry's URI and nothing else. A
 * URI of a server, or one that looks like it, is never a user's, whatever the token says.
 */
public final class CallerIdentification {

    private final ScopeSettings scopes;
    private final List<ServerEntry> servers;
    private final Set<String> reserved;

    /** Takes the scopes and the configured servers. */
    public CallerIdentification(ScopeSettings scopes, List<ServerEntry> servers) {
        this.scopes = scopes;
        this.servers = List.copyOf(servers);
        this.reserved =
                servers.stream().map(server -> lookAlikeForm(server.uri())).collect(Collectors.toSet());
    }

    /**
     * Decides.
     *
     * @param certified the server entry that the client certificate of the connection belongs to
     * @param source remote address, for the audit trail
     */
    Decision decide(VerifiedToken token, Optional<ServerEntry> certified, String source) {
        Optional<ServerEntry> named = servers.stream()
                .filter(server -> server.clientId().equals(token.clientId()))
                .findFirst();
        return certified.isPresent() || named.isPresent()
                ? decideServer(token, certified, named, source)
                : decideUser(token, source);
    }

    private Decision decideServer(
            VerifiedToken token, Optional<ServerEntry> certified, Optional<ServerEntry> named, String source) {
        if (!certified.equals(named)) {
            return refused(
                    token,
                    source,
                    FORBIDDEN_IDENTITY,
                    "a server needs its certificate and its own token, both together");
        }
        ServerEntry server = named.orElseThrow();
        boolean claimsAnother =
                token.identities().values().stream().anyMatch(uri -> !uri.text().equals(server.uri()));
        if (claimsAnother) {
            return refused(token, source, FORBIDDEN_IDENTITY, "the server's token claims another identity");
        }
        AuthenticatedIdentity identity = identity(token, server.kind(), List.of(server.uri()), source);
        if (granted(token).isEmpty()) {
            return new Decision.Refused(Optional.of(identity), noScope());
        }
        return new Decision.Accepted(identity);
    }

    private Decision decideUser(VerifiedToken token, String source) {
        boolean claimsServer = token.identities().values().stream()
                .map(IdentityUri::lookAlikeForm)
                .anyMatch(reserved::contains);
        if (claimsServer) {
            return refused(
                    token, source, FORBIDDEN_IDENTITY, "the token claims an identity that is reserved for a server");
        }
        List<McService> granted = granted(token);
        if (granted.isEmpty()) {
            return refused(token, source, INSUFFICIENT_SCOPE, noScope().getMessage());
        }
        List<String> owned = granted.stream()
                .filter(token.identities()::containsKey)
                .map(service -> token.identities().get(service).text())
                .toList();
        if (owned.isEmpty()) {
            return refused(
                    token,
                    source,
                    INSUFFICIENT_SCOPE,
                    "the token's scope is that of " + granted + ", but it has no identity for it");
        }
        return new Decision.Accepted(identity(token, ClientKind.MC_CLIENT, owned, source));
    }

    private List<McService> granted(VerifiedToken token) {
        List<McService> granted = new ArrayList<>();
        for (McService service : McService.values()) {
            if (!Collections.disjoint(service.scopes(scopes), token.scopes())) {
                granted.add(service);
            }
        }
        return granted;
    }

    /** The refused caller is named by what its token claims, so that the audit trail can say who tried. */
    private static Decision refused(VerifiedToken token, String source, KmsErrorCode code, String why) {
        List<String> claimed = token.identities().values().stream()
                .map(IdentityUri::text)
                .sorted()
                .toList();
        Optional<AuthenticatedIdentity> caller = claimed.isEmpty()
                ? Optional.empty()
                : Optional.of(identity(token, ClientKind.MC_CLIENT, claimed, source));
        return new Decision.Refused(caller, new KmsException(code, why));
    }

    private static AuthenticatedIdentity identity(
            VerifiedToken token, ClientKind kind, List<String> owned, String source) {
        return new AuthenticatedIdentity(
                kind, owned, token.issuer().name(), token.subject().orElse(""), token.clientId(), source);
    }

    private static KmsException noScope() {
        return new KmsException(INSUFFICIENT_SCOPE, "the token has no key management scope");
    }

    private static String lookAlikeForm(String uri) {
        return IdentityUri.parse(uri).map(IdentityUri::lookAlikeForm).orElse(uri);
    }
}
