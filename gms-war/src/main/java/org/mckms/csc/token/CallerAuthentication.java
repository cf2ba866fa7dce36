package org.mckms.csc.token;

import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.mckms.platform.config.CertificateFingerprint;
import org.mckms.platform.config.ScopeSettings;
import org.mckms.platform.config.ServerEntry;
import org.mckms.protocol.error.KmsException;

/**
 * Finds out who sends a request, from its Authorization header fields and the client certificate of its connection; from
 * nothing else. In particular {@code X-3GPP-Asserted-Identity} (TS 24.482 annex A) is never read.
 */
public final class CallerAuthentication {

    private final AccessTokenValidator validator;
    private final CallerIdentification identification;
    private final List<ServerEntry> servers;
    private final Clock clock;

    /** Takes the trusted issuers, the scopes that count, and the configured servers. */
    public CallerAuthentication(
            List<TrustedIssuer> issuers, ScopeSettings scopes, List<ServerEntry> servers, Clock clock) {
        this.validator = new AccessTokenValidator(issuers, clock);
        this.identification = new CallerIdentification(scopes, servers);
        this.servers = List.copyOf(servers);
        this.clock = clock;
    }

    /** Reads the keys of all issuers; what is wrong with them is in the log afterwards. */
    public void readKeys() {
        validator.readKeys();
    }

    /**
     * Decides who is calling.
     *
     * @param authorization values of all Authorization header fields
     * @param certificate the client certificate that the TLS layer has verified
     * @param source remote address
     * @throws KmsException AMBIGUOUS_AUTHORIZATION, UNAUTHENTICATED, or NOT_READY if the issuer's keys cannot be had
     */
    public Decision authenticate(List<String> authorization, Optional<X509Certificate> certificate, String source) {
        Optional<String> token = BearerCredentials.tokenIn(authorization);
        if (token.isEmpty()) {
            return new Decision.Anonymous();
        }
        return identification.decide(validator.validate(token.get()), certificate.flatMap(this::entryOf), source);
    }

    private Optional<ServerEntry> entryOf(X509Certificate certificate) {
        try {
            certificate.checkValidity(Date.from(clock.instant()));
        } catch (CertificateExpiredException | CertificateNotYetValidException e) {
            return Optional.empty();
        }
        String sha256 = CertificateFingerprint.of(certificate).hex();
        return servers.stream()
                .filter(server -> server.certificateSha256().equals(sha256))
                .findFirst();
    }
}
