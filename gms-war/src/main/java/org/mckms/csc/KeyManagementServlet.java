package org.mckms.csc;

import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;
import static org.mckms.protocol.error.KmsErrorCode.METHOD_NOT_ALLOWED;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import org.mckms.kms.application.CertificateCache;
import org.mckms.kms.application.CertificateOfKms;
import org.mckms.kms.application.Discovery;
import org.mckms.kms.application.KeyProvisioning;
import org.mckms.kms.application.KmsInitialisation;
import org.mckms.kms.application.RefusalAudit;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.platform.config.KmsSettings;
import org.mckms.protocol.error.KmsException;

/**
 * The resources of TS 33.180 annex D.2. Reads a request strictly, calls one use case, writes its answer; why it is a servlet is in decision 0004.
 */
public class KeyManagementServlet extends HttpServlet {

    @Inject
    private transient KmsInitialisation initialisation;

    @Inject
    private transient KeyProvisioning provisioning;

    @Inject
    private transient CertificateCache cache;

    @Inject
    private transient CertificateOfKms certificates;

    @Inject
    private transient Discovery discovery;

    @Inject
    private transient RefusalAudit audit;

    @Inject
    private transient KmsSettings settings;

    @Inject
    private transient Clock clock;

    private transient CscUseCases useCases;
    private transient boolean discoveryServed;
    private transient CscExchange exchange;

    /** For the container, which injects the rest. */
    public KeyManagementServlet() {
        // nothing before init
    }

    KeyManagementServlet(CscUseCases useCases, boolean discoveryServed, CscExchange exchange) {
        this.useCases = useCases;
        this.discoveryServed = discoveryServed;
        this.exchange = exchange;
    }

    @Override
    public void init() {
        useCases = new CscUseCases(initialisation, provisioning, cache, certificates, discovery);
        discoveryServed = settings.network().discovery();
        exchange = new CscExchange(
                settings.site(),
                new CscAnswers(settings.site(), audit, clock),
                WorkLimit.standard(),
                new RequestBody(System::nanoTime));
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        AuthenticatedIdentity caller = AccessTokenFilter.callerOf(request);
        exchange.serve(request, response, caller, () -> {
            CscResource resource = resource(request);
            return exchange.message(
                    request, response, (body, url, form) -> useCases.answer(caller, resource, body, url, form));
        });
    }

    private CscResource resource(HttpServletRequest request) {
        if (!request.getMethod().equals("POST")) {
            throw new KmsException(METHOD_NOT_ALLOWED, "every resource takes POST only");
        }
        CscResource resource = CscPath.parse(request.getRequestURI(), discoveryServed);
        if (request.getQueryString() != null) {
            throw new KmsException(MALFORMED_REQUEST, "no resource takes a query");
        }
        return resource;
    }
}
