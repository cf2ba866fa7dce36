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
import org.mckms.protocol.json.JsonBody;

/**
 * Lets pass only operators, known by their client certificate, and hands them on as {@link OperatorIdentity}.
 *
 * <p>A request that a foreign page can cause is refused: one with an {@code Origin}, and a POST whose body is not announced as
 * JSON or as a list. Who has no operator's certificate is counted in the audit trail, an operator is named there, see {@link OperatorGate}.
 */
public class OperatorFilter implements Filter {

    private static final String OPERATOR = OperatorIdentity.class.getName();
    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    @Inject
    private KmsSettings settings;

    @Inject
    private RefusalAudit audit;

    @Inject
    private OperatorGate gate;

    @Inject
    private Clock clock;

    private Operators operators;

    /** For the container, which injects the rest. */
    public OperatorFilter() {
        // nothing before init
    }

    OperatorFilter(Operators operators, RefusalAudit audit, OperatorGate gate) {
        this.operators = operators;
        this.audit = audit;
        this.gate = gate;
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
            refuseStranger(request, response);
            return;
        }
        try {
            checkForm(request, operator.get());
        } catch (KmsException e) {
            send(response, AdminError.of(e, UUID.randomUUID().toString()));
            return;
        }
        if (!request.getMethod().equals("POST") && hasBody(request)) {
            closeConnection(response);
        }
        request.setAttribute(OPERATOR, operator.get());
        chain.doFilter(request, response);
    }

    private void checkForm(HttpServletRequest request, OperatorIdentity operator) {
        recorded(() -> gate.refuseWebPages(operator, Optional.ofNullable(request.getHeader("Origin"))));
        if (request.getMethod().equals("POST")) {
            checkType(request, operator);
        }
        if (request.getHeader("Expect") != null) {
            throw new KmsException(KmsErrorCode.MALFORMED_REQUEST, "Expect is not served; send the body at once");
        }
        int maxOctets = OperatorGate.isList(request.getContentType()) ? ListUpload.MAX_OCTETS : JsonBody.MAX_OCTETS;
        if (request.getContentLengthLong() > maxOctets) {
            throw JsonBody.tooLarge(maxOctets);
        }
    }

    private void checkType(HttpServletRequest request, OperatorIdentity operator) {
        try {
            recorded(() -> gate.refuseForms(operator, Optional.ofNullable(request.getContentType())));
        } catch (KmsException e) {
            throw new KmsException(KmsErrorCode.UNSUPPORTED_MEDIA_TYPE, e.getMessage(), e);
        }
    }

    /** If the trail did not take the record, which the interceptor notes in the refusal, the log says so. */
    private static void recorded(Runnable check) {
        try {
            check.run();
        } catch (KmsException e) {
            for (Throwable unwritten : e.getSuppressed()) {
                LOG.refusalNotAudited(UUID.randomUUID().toString(), unwritten);
            }
            throw e;
        }
    }

    private void refuseStranger(HttpServletRequest request, HttpServletResponse response) throws IOException {
        KmsException why = new KmsException(OPERATOR_ROLE_REQUIRED, "no operator has this certificate");
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
        closeConnection(response);
        response.setStatus(error.status());
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** For answers that leave before the body was read: the container would keep the thread until the rest has come. */
    private static void closeConnection(HttpServletResponse response) {
        response.setHeader("Connection", "close");
    }

    private static boolean hasBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    }

    private static Optional<X509Certificate> certificate(HttpServletRequest request) {
        return request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain && chain.length > 0
                ? Optional.of(chain[0])
                : Optional.empty();
    }
}
