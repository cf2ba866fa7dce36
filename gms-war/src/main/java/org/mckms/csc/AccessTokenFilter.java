package org.mckms.csc;

import static org.mckms.csc.log.CscLog.LOG;

import jakarta.enterprise.inject.Instance;
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
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
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

    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    /**
     * Some of the resources.
     *
     * @param covers by the raw path
     */
    private record Part(
            String purpose, Predicate<String> covers, CallerAuthentication authentication, Refusals refusals) {}

    @Inject
    private KmsSettings settings;

    @Inject
    private RefusalAudit audit;

    @Inject
    private Clock clock;

    @Inject
    private Instance<ProtectedResources> others;

    /** The last one covers whatever the others do not. */
    private List<Part> parts;

    private int proxyPort;

    /** For the container, which injects the rest. */
    public AccessTokenFilter() {
        // nothing before init
    }

    AccessTokenFilter(
            CallerAuthentication authentication, Refusals answers, List<ProtectedResources> others, int proxyPort) {
        this.parts = parts(authentication, answers, others.stream());
        this.proxyPort = proxyPort;
    }

    /** The caller whom this filter let pass to key management. */
    static AuthenticatedIdentity callerOf(HttpServletRequest request) {
        return Admission.of(request, Admission.KEY_MANAGEMENT).caller();
    }

    @Override
    public void init(FilterConfig config) throws ServletException {
        if (config.getServletContext().getAttribute(TokenTrustStart.AUTHENTICATION)
                instanceof CallerAuthentication made) {
            parts = parts(made, new CscAnswers(settings.site(), audit, clock), others.stream());
            proxyPort = settings.network().proxyPort();
        } else {
            throw new ServletException("no access token can be checked: the issuers were not read");
        }
    }

    private static List<Part> parts(
            CallerAuthentication authentication, Refusals answers, Stream<ProtectedResources> others) {
        Stream<Part> special = others.filter(ProtectedResources::areServed)
                .map(part -> new Part(
                        part.purpose(),
                        part::cover,
                        authentication.forScopes(part.scopes(), part.purpose()),
                        part.refusals()));
        Part rest = new Part(Admission.KEY_MANAGEMENT, path -> true, authentication, answers);
        return Stream.concat(special, Stream.of(rest)).toList();
    }

    @Override
    public void doFilter(ServletRequest in, ServletResponse out, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) in;
        HttpServletResponse response = (HttpServletResponse) out;
        Part part = parts.stream()
                .filter(some -> some.covers().test(request.getRequestURI()))
                .findFirst()
                .orElseThrow();
        Sender sender;
        try {
            sender = part.authentication().recognise(arrival(request));
        } catch (KmsException e) {
            part.refusals().unauthenticated(request, response, e);
            return;
        }
        decide(SourcedRequest.of(request, sender.source()), response, sender, part, chain);
    }

    private static void decide(
            HttpServletRequest request, HttpServletResponse response, Sender sender, Part part, FilterChain chain)
            throws IOException, ServletException {
        Refusals answers = part.refusals();
        Decision decision;
        try {
            decision =
                    part.authentication().authenticate(Collections.list(request.getHeaders("Authorization")), sender);
        } catch (KmsException e) {
            answers.unauthenticated(request, response, e);
            return;
        } catch (RuntimeException e) {
            LOG.tokenCheckBroke(e);
            answers.unauthenticated(request, response, brokenBy(e));
            return;
        }
        if (decision instanceof Decision.Accepted accepted) {
            new Admission(accepted.caller(), accepted.token(), part.purpose()).grant(request);
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
