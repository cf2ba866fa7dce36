package org.mckms.csc;

import static org.mckms.csc.log.CscLog.LOG;

import jakarta.inject.Inject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Collections;
import java.util.Optional;
import org.mckms.csc.token.Arrival;
import org.mckms.csc.token.CallerAuthentication;
import org.mckms.csc.token.Decision;
import org.mckms.csc.token.Sender;
import org.mckms.kms.application.RefusalAudit;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.platform.config.KmsSettings;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/**
 * Lets pass only requests whose sender is known, and hands the sender on as {@link AuthenticatedIdentity}. It stands before
 * everything in this archive; why it is no mechanism of the container is in decision 0005.
 */
public class AccessTokenFilter implements Filter {

    private static final String CALLER = AuthenticatedIdentity.class.getName();
    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    @Inject
    private KmsSettings settings;

    @Inject
    private RefusalAudit audit;

    @Inject
    private Clock clock;

    private CallerAuthentication authentication;
    private CscAnswers answers;
    private int proxyPort;

    /** For the container, which injects the rest. */
    public AccessTokenFilter() {
        // nothing before init
    }

    AccessTokenFilter(CallerAuthentication authentication, CscAnswers answers, int proxyPort) {
        this.authentication = authentication;
        this.answers = answers;
        this.proxyPort = proxyPort;
    }

    /** The caller whom this filter let pass. */
    static AuthenticatedIdentity callerOf(HttpServletRequest request) {
        if (request.getAttribute(CALLER) instanceof AuthenticatedIdentity caller) {
            return caller;
        }
        throw new KmsException(KmsErrorCode.INTERNAL, "a request has passed without a caller");
    }

    @Override
    public void init(FilterConfig config) throws ServletException {
        if (config.getServletContext().getAttribute(TokenTrustStart.AUTHENTICATION)
                instanceof CallerAuthentication made) {
            authentication = made;
            answers = new CscAnswers(settings.site(), audit, clock);
            proxyPort = settings.network().proxyPort();
        } else {
            throw new ServletException("no access token can be checked: the issuers were not read");
        }
    }

    @Override
    public void doFilter(ServletRequest in, ServletResponse out, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) in;
        HttpServletResponse response = (HttpServletResponse) out;
        Sender sender;
        try {
            sender = authentication.recognise(arrival(request));
        } catch (KmsException e) {
            answers.unauthenticated(request, response, e);
            return;
        }
        decide(SourcedRequest.of(request, sender.source()), response, sender, chain);
    }

    private void decide(HttpServletRequest request, HttpServletResponse response, Sender sender, FilterChain chain)
            throws IOException, ServletException {
        Decision decision;
        try {
            decision = authentication.authenticate(Collections.list(request.getHeaders("Authorization")), sender);
        } catch (KmsException e) {
            answers.unauthenticated(request, response, e);
            return;
        } catch (RuntimeException e) {
            LOG.tokenCheckBroke(e);
            answers.unauthenticated(request, response, brokenBy(e));
            return;
        }
        if (decision instanceof Decision.Accepted accepted) {
            request.setAttribute(CALLER, accepted.caller());
            chain.doFilter(request, response);
        } else if (decision instanceof Decision.Refused refused) {
            answers.refused(request, response, refused);
        } else {
            answers.anonymous(request, response);
        }
    }

    /** Anybody can send a token, so one that breaks its own check is a bad token and no fault that fills the log. */
    private static KmsException brokenBy(RuntimeException e) {
        String what = e.getClass().getSimpleName();
        return new KmsException(KmsErrorCode.UNAUTHENTICATED, "the token cannot be checked (" + what + ")", e);
    }

    private Arrival arrival(HttpServletRequest request) {
        return new Arrival(
                request.getLocalPort() == proxyPort,
                certificate(request),
                request.getRemoteAddr(),
                Collections.list(request.getHeaders("X-3GPP-Asserted-Identity")),
                Collections.list(request.getHeaders("Forwarded")),
                Collections.list(request.getHeaders("X-Forwarded-For")));
    }

    private static Optional<X509Certificate> certificate(HttpServletRequest request) {
        return request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain && chain.length > 0
                ? Optional.of(chain[0])
                : Optional.empty();
    }
}
