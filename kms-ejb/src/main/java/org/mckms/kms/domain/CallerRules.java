package org.mckms.kms.domain;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** Which URIs which kind of caller may have, whatever its token says. */
public final class CallerRules {

    private final Map<String, ClientKind> servers;
    private final Set<String> issuers;
    private final Set<String> developmentIssuers;
    private final EpochRules epochRules;

    /**
     * @param servers            kind of every configured server by its URI; no user token yields one of these
     * @param issuers            names of all configured token issuers
     * @param developmentIssuers names of those that are for development only
     * @param epochRules         which epochs this server serves to anybody
     */
    public CallerRules(
            Map<String, ClientKind> servers,
            Set<String> issuers,
            Set<String> developmentIssuers,
            EpochRules epochRules) {
        this.servers = Map.copyOf(servers);
        this.issuers = Set.copyOf(issuers);
        this.developmentIssuers = Set.copyOf(developmentIssuers);
        this.epochRules = requireNonNull(epochRules, "epochRules");
    }

    /**
     * Passes only if the caller's kind is served at all, every URI of it may belong to its kind, and its issuer is
     * configured.
     *
     * @throws KmsException {@code FORBIDDEN_IDENTITY}
     */
    public void check(AuthenticatedIdentity caller) {
        checkServed(caller.kind());
        if (!issuers.contains(caller.issuer())) {
            throw forbidden("the token's issuer is not configured");
        }
        for (String uri : caller.ownedUris()) {
            if (uri.length() > RegisteredIdentity.MAX_URI_CHARACTERS) {
                throw forbidden("an identity has at most " + RegisteredIdentity.MAX_URI_CHARACTERS + " characters");
            }
            if (uri.isEmpty() || uri.chars().anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c))) {
                throw forbidden("an identity has neither white space nor control characters");
            }
            if (!kindOf(uri).equals(caller.kind())) {
                throw forbidden("an identity in the token belongs to another kind of client");
            }
        }
    }

    /**
     * Passes unless clients of this kind have nothing to get from this KMS.
     *
     * @throws KmsException {@code FORBIDDEN_IDENTITY}
     */
    public static void checkServed(ClientKind kind) {
        if (kind == ClientKind.PARTNER_GMS) {
            throw forbidden("the GMS of a partner is served by the partner's KMS");
        }
    }

    /** The kind a URI has by the settings. */
    public ClientKind kindOf(String uri) {
        return servers.getOrDefault(requireNonNull(uri, "uri"), ClientKind.MC_CLIENT);
    }

    /**
     * Passes unless the epoch has no place on this server, or a development issuer speaks for a user of a production
     * epoch.
     *
     * @throws KmsException {@code NOT_READY} or {@code FORBIDDEN_IDENTITY}
     */
    public void checkEpoch(AuthenticatedIdentity caller, Epoch epoch) {
        epochRules.check(List.of(epoch));
        if (epoch.purpose() == EpochPurpose.PRODUCTION && developmentIssuers.contains(caller.issuer())) {
            throw forbidden("the development issuer does not serve a production epoch");
        }
    }

    /**
     * Passes only for an identity of the caller's kind that is not blocked. Of a configured server the settings say the
     * kind; of anybody else the register does, so that the URI of a former server does not become a user's.
     *
     * @throws KmsException {@code FORBIDDEN_IDENTITY} or {@code IDENTITY_BLOCKED}
     */
    public void checkIdentity(AuthenticatedIdentity caller, RegisteredIdentity identity) {
        if (identity.isBlocked()) {
            throw new KmsException(KmsErrorCode.IDENTITY_BLOCKED, "this identity is blocked");
        }
        if (servers.getOrDefault(identity.uri(), identity.kind()) != caller.kind()) {
            throw forbidden("this identity belongs to another kind of client");
        }
    }

    private static KmsException forbidden(String why) {
        return new KmsException(KmsErrorCode.FORBIDDEN_IDENTITY, why);
    }
}
