package org.mckms.admin;

import static org.mckms.admin.AdminLog.LOG;
import static org.mckms.protocol.error.KmsErrorCode.OPERATOR_ROLE_REQUIRED;

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
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.mckms.kms.application.RefusalAudit;
import org.mckms.kms.domain.OperatorIdentity;
import org.mckms.platform.config.KmsSettings;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/**
 * Lets pass only operators, known by their client certificate, and hands them on as {@link OperatorIdentity}.
 *
 * <p>A browser would present the certificate for any page that makes it send something. Therefore a request that a foreign
 * page can cause is refused: one with an {@code Origin}, and a POST whose body is not announced as JSON.
 */
public class OperatorFilter implements Filter {

    private static final String OPERATOR = OperatorIdentity.class.getName();
    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    @Inject
    private KmsSettings settings;

    @Inject
    private RefusalAudit audit;

    @Inject
    private Clock clock;

    private Operators operators;

    /** For the container, which injects the rest. */
    public OperatorFilter() {
        // nothing before init
    }

    OperatorFilter(Operators operators, RefusalAudit audit) {
        this.operators = operators;
        this.audit = audit;
    }

    /** The operator whom this filter let pass. */
    static OperatorIdentity operatorOf(HttpServletRequest request) {
        if (request.getAttribute(OPERATOR) instanceof OperatorIdentity operator) {
            return operator;
        }
        throw new KmsException(KmsErrorCode.INTERNAL, "a request has passed without an operator");
    }

    @Override
    public void init(FilterConfig config) {
        operators = new Operators(settings.operators(), clock);
    }

    @Override
    public void doFilter(ServletRequest in, ServletResponse out, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) in;
        HttpServletResponse response = (HttpServletResponse) out;
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        Optional<OperatorIdentity> operator = certificate(request).flatMap(operators::find);
        if (operator.isEmpty()) {
            refuse(request, response, new KmsException(OPERATOR_ROLE_REQUIRED, "no operator has this certificate"));
        } else if (request.getHeader("Origin") != null) {
            refuse(request, response, new KmsException(OPERATOR_ROLE_REQUIRED, "requests of web pages are not served"));
        } else if (request.getMethod().equals("POST") && !isJson(request.getContentType())) {
            send(
                    response,
                    new AdminError(
                            KmsErrorCode.UNSUPPORTED_MEDIA_TYPE,
                            "the body must be application/json",
                            UUID.randomUUID().toString()));
        } else {
            request.setAttribute(OPERATOR, operator.get());
            chain.doFilter(request, response);
        }
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, KmsException why) throws IOException {
        String requestId = UUID.randomUUID().toString();
        try {
            audit.unauthenticated(request.getRemoteAddr(), why.getMessage());
        } catch (RuntimeException e) {
            LOG.refusalNotAudited(requestId, e);
        }
        send(response, AdminError.of(why, requestId));
    }

    /** Writes an error outside JAX-RS. */
    static void send(HttpServletResponse response, AdminError error) throws IOException {
        byte[] body = error.json().toString().getBytes(StandardCharsets.UTF_8);
        response.setStatus(error.status());
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static boolean isJson(String contentType) {
        if (contentType == null) {
            return false;
        }
        int parameters = contentType.indexOf(';');
        String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return type.strip().equalsIgnoreCase("application/json");
    }

    private static Optional<X509Certificate> certificate(HttpServletRequest request) {
        return request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain && chain.length > 0
                ? Optional.of(chain[0])
                : Optional.empty();
    }
}
