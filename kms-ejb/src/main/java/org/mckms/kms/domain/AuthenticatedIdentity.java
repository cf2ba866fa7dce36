package org.mckms.kms.domain;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mckms.kms.domain.token.PresentedToken;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/**
 * A key management client whose access token (and, for a server, certificate) was validated. Everything that decides
 * what it gets comes from here, never from a body or a header.
 *
 * @param ownedUris MC service identities of this client, in token order and without doubles; compared octet by octet;
 *                  at least one, the first is the primary one
 * @param issuer    name of the configured token issuer, the {@code <name>} of {@code kms.issuer.<name>.*}
 * @param subject   the token's subject, empty if it has none
 * @param clientId  the token's client_id
 * @param source    remote address as the listener saw it, or as a trusted proxy names it
 * @param proxy     name of the configured proxy that brought the request; empty if it came directly
 * @param token     names its access token, so that whoever makes keys can ask again whether it was revoked
 */
public record AuthenticatedIdentity(
        ClientKind kind,
        List<String> ownedUris,
        String issuer,
        String subject,
        String clientId,
        String source,
        Optional<String> proxy,
        PresentedToken token) {

    public AuthenticatedIdentity {
        requireNonNull(kind, "kind");
        requireNonNull(issuer, "issuer");
        requireNonNull(subject, "subject");
        requireNonNull(clientId, "clientId");
        requireNonNull(source, "source");
        requireNonNull(proxy, "proxy");
        requireNonNull(token, "token");
        ownedUris = ownedUris.stream().distinct().toList();
        if (ownedUris.isEmpty()) {
            throw new InvalidValueException("an authenticated identity owns no URI");
        }
    }

    /** A caller whose connection ends at this server. */
    public AuthenticatedIdentity(
            ClientKind kind, List<String> ownedUris, String issuer, String subject, String clientId, String source) {
        this(kind, ownedUris, issuer, subject, clientId, source, Optional.empty());
    }

    /** A caller whose token has no identifier and does not say when it was issued. */
    public AuthenticatedIdentity(
            ClientKind kind,
            List<String> ownedUris,
            String issuer,
            String subject,
            String clientId,
            String source,
            Optional<String> proxy) {
        this(kind, ownedUris, issuer, subject, clientId, source, proxy, unnamed(ownedUris));
    }

    private static PresentedToken unnamed(List<String> uris) {
        return new PresentedToken(Optional.empty(), Set.copyOf(uris), Optional.empty(), Instant.MAX);
    }

    /** The same caller with what names its access token. */
    public AuthenticatedIdentity under(PresentedToken presented) {
        return new AuthenticatedIdentity(kind, ownedUris, issuer, subject, clientId, source, proxy, presented);
    }

    /**
     * Whether nothing but the word of a proxy stands for the caller's certificate: such a caller has to sign its requests
     * whatever the policy for its kind is.
     */
    public boolean isAsserted() {
        return proxy.isPresent() && kind != ClientKind.MC_CLIENT;
    }

    /** The identity that answers are addressed to when the request names none. */
    public String primaryUri() {
        return ownedUris.get(0);
    }

    /**
     * Passes only if {@code uri} is one of the caller's own, octet by octet.
     *
     * @throws KmsException {@code FORBIDDEN_IDENTITY}
     */
    public void mayRequest(String uri) {
        if (!ownedUris.contains(uri)) {
            throw new KmsException(
                    KmsErrorCode.FORBIDDEN_IDENTITY, "this client may not act for the requested identity");
        }
    }
}
