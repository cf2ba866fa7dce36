package org.mckms.csc;

import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;
import static org.mckms.protocol.error.KmsErrorCode.METHOD_NOT_ALLOWED;
import static org.mckms.protocol.error.KmsErrorCode.NOT_ACCEPTABLE;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Collections;
import java.util.Optional;
import org.mckms.kms.application.AnswerForm;
import org.mckms.kms.application.CertificateCache;
import org.mckms.kms.application.CertificateOfKms;
import org.mckms.kms.application.Discovery;
import org.mckms.kms.application.KeyProvisioning;
import org.mckms.kms.application.KmsInitialisation;
import org.mckms.kms.application.RefusalAudit;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.config.KmsSettings;
import org.mckms.platform.config.SiteSettings;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsResponse;

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
    private transient SiteSettings site;
    private transient boolean discoveryServed;
    private transient CscAnswers answers;
    private transient WorkLimit limit;
    private transient RequestBody bodies;

    /** For the container, which injects the rest. */
    public KeyManagementServlet() {
        // nothing before init
    }

    KeyManagementServlet(
            CscUseCases useCases,
            SiteSettings site,
            boolean discoveryServed,
            CscAnswers answers,
            WorkLimit limit,
            RequestBody bodies) {
        this.useCases = useCases;
        this.site = site;
        this.discoveryServed = discoveryServed;
        this.answers = answers;
        this.limit = limit;
        this.bodies = bodies;
    }

    @Override
    public void init() {
        useCases = new CscUseCases(initialisation, provisioning, cache, certificates, discovery);
        site = settings.site();
        discoveryServed = settings.network().discovery();
        answers = new CscAnswers(site, audit, clock);
        limit = WorkLimit.standard();
        bodies = new RequestBody(System::nanoTime);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        AuthenticatedIdentity caller = AccessTokenFilter.callerOf(request);
        if (request.getHeader("Expect") != null) {
            answers.expectationFailed(request, response, caller);
            return;
        }
        Optional<XmlMediaType> type = XmlMediaType.accepted(Collections.list(request.getHeaders("Accept")));
        try (AnswerForm form = new AnswerForm()) {
            try {
                CscResource resource = resource(request);
                XmlMediaType accepted = type.orElseThrow(
                        () -> new KmsException(NOT_ACCEPTABLE, "answers are application/xml or text/xml"));
                serve(request, response, caller, resource, accepted, form);
            } catch (RuntimeException e) {
                answers.failed(request, response, caller, e, type.orElse(XmlMediaType.APPLICATION_XML), form);
            }
        }
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

    private void serve(
            HttpServletRequest request,
            HttpServletResponse response,
            AuthenticatedIdentity caller,
            CscResource resource,
            XmlMediaType type,
            AnswerForm form)
            throws IOException {
        Optional<Octets> body = bodies.read(request);
        String url = RequestUrl.of(request, site.baseUrls());
        try (KmsResponse answer = limit.within(() -> useCases.answer(caller, resource, body, url, form))) {
            answers.send(response, answer, form, type);
        }
    }
}
