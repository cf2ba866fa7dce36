package org.mckms.csc.token;

import static org.mckms.protocol.error.KmsErrorCode.FORBIDDEN_IDENTITY;
import static org.mckms.protocol.error.KmsErrorCode.INSUFFICIENT_SCOPE;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.kms.domain.ClientKind;
import org.mckms.kms.domain.token.PresentedToken;
import org.mckms.kms.domain.token.TokenDigest;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.platform.config.ScopeSettings;
import org.mckms.platform.config.ServerEntry;
import org.mckms.protocol.error.KmsException;

/**
 * Says whom a token that holds stands for, and which identities are its own.
 *
 * <p>A user owns the identity of each service for which the token has both the scope and the claim. A server needs its
 * certificate, or the assertion of a proxy in its place, and a token of its issuer with its client_id, all of one
 * configured entry, and owns that entry's URI and nothing else. A URI of a server, or one that looks like it, is never a
 * user's, whatever the token says.
 */
public final class CallerIdentification {

    private final ScopeSettings scopes;
    private final String noScope;
    private final List<ServerEntry> servers;
    private final Set<String> reserved;

    /**
     * Takes the scopes and the configured servers.
     *
     * @param purpose what the scopes allow, in words for those who lack them
     * @throws IllegalArgumentException if the URI of a server can be no identity, so that its look-alikes are not known
     */
    public CallerIdentification(ScopeSettings scopes, String purpose, List<ServerEntry> servers) {
        this.scopes = scopes;
        this.noScope = "the token has no " + purpose + " scope";
        this.servers = List.copyOf(servers);
        this.reserved =
                servers.stream().map(CallerIdentification::lookAlikeForm).collect(Collectors.toSet());
    }

    /** Decides. */
    Decision decide(VerifiedToken token, Sender sender) {
        Optional<ServerEntry> named = servers.stream()
                .filter(server -> server.clientId().equals(token.clientId()))
                .filter(server -> server.issuer().equals(token.issuer().name()))
                .findFirst();
        return sender.server().isPresent() || named.isPresent()
                ? decideServer(token, sender, named)
                : decideUser(token, sender);
    }

    private Decision decideServer(VerifiedToken token, Sender sender, Optional<ServerEntry> named) {
        if (!sender.server().equals(named)) {
            String proof = sender.proxy().isPresent() ? "asserted identity" : "certificate";
            return suspect(
                    token,
                    sender,
                    "a server needs its " + proof + " and its own token, both together",
                    "token of " + entry(named) + ", " + proof + " of " + entry(sender.server()));
        }
        ServerEntry server = named.orElseThrow();
        boolean claimsAnother =
                token.identities().values().stream().anyMatch(uri -> !uri.text().equals(server.uri()));
        if (claimsAnother) {
            return suspect(token, sender, "the server's token claims another identity", "token of " + entry(named));
        }
        AuthenticatedIdentity identity = identity(token, server.kind(), List.of(server.uri()), sender);
        if (granted(token).isEmpty()) {
            return new Decision.Refused(
                    identity, Optional.of(server.uri()), new KmsException(INSUFFICIENT_SCOPE, noScope), "");
        }
        return accepted(token, identity);
    }

    private Decision decideUser(VerifiedToken token, Sender sender) {
        boolean claimsServer = token.identities().values().stream()
                .map(IdentityUri::lookAlikeForm)
                .anyMatch(reserved::contains);
        if (claimsServer) {
            return suspect(
                    token, sender, "the token claims an identity that is reserved for a server", "no server's token");
        }
        List<McService> granted = granted(token);
        if (granted.isEmpty()) {
            return refused(token, sender, noScope);
        }
        List<String> owned = granted.stream()
                .filter(token.identities()::containsKey)
                .map(service -> token.identities().get(service).text())
                .toList();
        if (owned.isEmpty()) {
            return refused(
                    token, sender, "the token's scope is that of " + granted + ", but it has no identity for it");
        }
        return accepted(token, identity(token, ClientKind.MC_CLIENT, owned, sender));
    }

    /** Revoked is a token with all that it claims, whether its scope covers it or not. */
    private static Decision accepted(VerifiedToken token, AuthenticatedIdentity identity) {
        Set<String> uris = new HashSet<>(claimed(token));
        uris.addAll(identity.ownedUris());
        PresentedToken presented = new PresentedToken(
                token.id().map(id -> TokenDigest.of(token.issuer().name(), id)),
                uris,
                token.issuedAt(),
                token.expiresAt());
        return new Decision.Accepted(identity.under(presented), presented);
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

    /** The holder is named by what the token claims, so that the audit trail can say who tried. */
    private static Decision refused(VerifiedToken token, Sender sender, String why) {
        List<String> claimed = claimed(token);
        List<String> named = claimed.isEmpty() ? List.of(client(token)) : claimed;
        return new Decision.Refused(
                identity(token, ClientKind.MC_CLIENT, named, sender),
                claimed.stream().findFirst(),
                new KmsException(INSUFFICIENT_SCOPE, why),
                "");
    }

    /**
     * A token in the wrong hands, perhaps a server's that was stolen. What it claims is not believed: the record names the
     * client it was issued to, and the configured entries in question, which the sender is not told.
     */
    private static Decision suspect(VerifiedToken token, Sender sender, String why, String entries) {
        List<String> claimed = claimed(token);
        return new Decision.Refused(
                identity(token, ClientKind.MC_CLIENT, List.of(client(token)), sender),
                claimed.stream().findFirst(),
                new KmsException(FORBIDDEN_IDENTITY, why),
                claimed.isEmpty() ? entries : entries + "; it claims " + String.join(", ", claimed));
    }

    private static List<String> claimed(VerifiedToken token) {
        return token.identities().values().stream()
                .map(IdentityUri::text)
                .sorted()
                .toList();
    }

    private static String client(VerifiedToken token) {
        return token.clientId() + "@" + token.issuer().name();
    }

    private static String entry(Optional<ServerEntry> server) {
        return server.map(found -> "server " + found.name()).orElse("no server");
    }

    private static AuthenticatedIdentity identity(
            VerifiedToken token, ClientKind kind, List<String> owned, Sender sender) {
        return new AuthenticatedIdentity(
                kind,
                owned,
                token.issuer().name(),
                token.subject().orElse(""),
                token.clientId(),
                sender.source(),
                sender.proxy());
    }

    private static String lookAlikeForm(ServerEntry server) {
        try {
            return IdentityUri.parse(server.uri()).lookAlikeForm();
        } catch (InvalidValueException e) {
            throw new IllegalArgumentException("the URI of server " + server.name() + " " + e.getMessage(), e);
        }
    }
}
