package org.mckms.csc;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mckms.csc.token.CallerAuthentication;
import org.mckms.csc.token.FileJwkSetSource;
import org.mckms.csc.token.HttpsJwkSetSource;
import org.mckms.csc.token.JwkSetCache;
import org.mckms.csc.token.JwkSetSource;
import org.mckms.csc.token.TrustedIssuer;
import org.mckms.kms.domain.token.RevokedTokens;
import org.mckms.platform.config.KmsSettings;
import org.mckms.platform.config.TokenIssuerSettings;

/**
 * Reads the keys of all issuers when the archive starts, not at the first request: a contradiction in the settings stops
 * the deployment, keys that cannot be read are in the log at once.
 */
public class TokenTrustStart implements ServletContextListener {

    /** Name of the context attribute in which the filter finds a {@link CallerAuthentication}. */
    static final String AUTHENTICATION = CallerAuthentication.class.getName();

    @Inject
    private KmsSettings settings;

    @Inject
    private RevokedTokens revoked;

    @Inject
    private Clock clock;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        List<TrustedIssuer> issuers = new ArrayList<>();
        for (TokenIssuerSettings issuer : settings.issuers()) {
            JwkSetCache keys = new JwkSetCache(source(issuer.jwks()), JwkSetCache.Limits.STANDARD, clock);
            issuers.add(new TrustedIssuer(issuer, keys));
        }
        CallerAuthentication authentication = new CallerAuthentication(
                issuers,
                settings.scopes(),
                settings.servers(),
                settings.network().proxies(),
                revoked::isRevoked,
                clock);
        authentication.readKeys();
        event.getServletContext().setAttribute(AUTHENTICATION, authentication);
    }

    private static JwkSetSource source(String location) {
        return location.toLowerCase(Locale.ROOT).startsWith("https:")
                ? new HttpsJwkSetSource(URI.create(location))
                : new FileJwkSetSource(Path.of(location));
    }
}
