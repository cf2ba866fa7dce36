package org.mckms.csc;

import static org.mckms.csc.log.CscLog.LOG;
import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;
import static org.mckms.protocol.error.KmsErrorCode.METHOD_NOT_ALLOWED;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.mckms.csc.token.Decision;
import org.mckms.kms.application.AnswerForm;
import org.mckms.kms.application.RefusalAudit;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.platform.config.SiteSettings;
import org.mckms.protocol.codec.KmsResponseCodec;
import org.mckms.protocol.error.ErrorFamily;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsResponse;

/**
 * Writes every answer in messages of TS 33.180 annex D, and sees to it that each refusal is in the audit trail once.
 *
 * <p>A caller who is known gets a KmsResponse with a KmsError, signed if the signature of its request was verified.
 * Whoever is not known gets status and header fields only, since a KmsResponse has to name the user.
 */
public final class CscAnswers implements Refusals {

    private final CscFace face;
    private final SiteSettings site;
    private final RefusalAudit audit;
    private final Clock clock;

    /** For the resources of TS 33.180 annex D. */
    CscAnswers(SiteSettings site, RefusalAudit audit, Clock clock) {
        this(CscFace.KEY_MANAGEMENT, site, audit, clock);
    }

    public CscAnswers(CscFace face, SiteSettings site, RefusalAudit audit, Clock clock) {
        this.face = face;
        this.site = site;
        this.audit = audit;
        this.clock = clock;
    }

    /** Sends a response; the octets, which may hold keys, are wiped afterwards. */
    void send(HttpServletResponse out, KmsResponse response, AnswerForm form, XmlMediaType type) throws IOException {
        send(out, HttpServletResponse.SC_OK, response, form, type);
    }

    /** Answers a request without credentials: 401, or 405 if the method would be refused to everybody. */
    @Override
    public void anonymous(HttpServletRequest request, HttpServletResponse out) {
        count(request, "no access token");
        String method = face.methodOf().apply(request.getRequestURI());
        if (request.getMethod().equals(method)) {
            out.setHeader("WWW-Authenticate", "Bearer realm=\"kms\"");
            AnswerHead.writeEmpty(request, out, HttpServletResponse.SC_UNAUTHORIZED);
        } else {
            out.setHeader("Allow", method);
            AnswerHead.writeEmpty(request, out, METHOD_NOT_ALLOWED.httpStatus());
        }
    }

    /** Answers a request whose credentials do not hold or cannot be checked. */
    @Override
    public void unauthenticated(HttpServletRequest request, HttpServletResponse out, KmsException why) {
        String requestId = newRequestId();
        count(request, why.getMessage());
        if (why.code().family() == ErrorFamily.FAULT) {
            LOG.notServed(requestId, why.getMessage());
        }
        sendEmpty(request, out, CscError.of(why, requestId));
    }

    /** Answers a token that holds but allows nothing, with a body if it claims an identity. */
    @Override
    public void refused(HttpServletRequest request, HttpServletResponse out, Decision.Refused refused)
            throws IOException {
        String requestId = newRequestId();
        auditSafely(
                requestId,
                () -> audit.refusedToken(
                        refused.holder(), RequestUrl.resource(request, face.root()), refused.audited()));
        CscError error = CscError.of(refused.why(), requestId);
        if (refused.answerTo().isPresent()) {
            try (AnswerForm plain = new AnswerForm()) {
                send(request, out, refused.answerTo().get(), error, XmlMediaType.APPLICATION_XML, plain);
            }
        } else {
            sendEmpty(request, out, error);
        }
    }

    /** Answers a caller who wants to hear something before sending the body; the audit trail has it as malformed. */
    void expectationFailed(HttpServletRequest request, HttpServletResponse out, AuthenticatedIdentity caller) {
        auditRefusal(request, caller, new KmsException(MALFORMED_REQUEST, "the request has an Expect"), newRequestId());
        AnswerHead.writeEmpty(request, out, HttpServletResponse.SC_EXPECTATION_FAILED);
    }

    /** Answers a caller with an error, whoever threw it, and audits it if it is a refusal and no fault of ours. */
    void failed(
            HttpServletRequest request,
            HttpServletResponse out,
            AuthenticatedIdentity caller,
            Throwable thrown,
            XmlMediaType type,
            AnswerForm form)
            throws IOException {
        String requestId = newRequestId();
        Optional<KmsException> known = CscError.kmsException(thrown);
        CscError error = CscError.of(thrown, requestId);
        if (error.code().family() != ErrorFamily.FAULT) {
            auditRefusal(request, caller, known.orElseThrow(), requestId);
        } else if (error.status() == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
            LOG.notServed(requestId, known.orElseThrow().getMessage());
        } else {
            LOG.requestFailed(requestId, thrown);
        }
        send(request, out, caller.primaryUri(), error, type, form);
    }

    private void send(
            HttpServletRequest request,
            HttpServletResponse out,
            String userUri,
            CscError error,
            XmlMediaType type,
            AnswerForm form)
            throws IOException {
        KmsResponse response = new KmsResponse(
                userUri,
                site.kmsUri(),
                clock.instant(),
                Optional.empty(),
                RequestUrl.printable(request, site.baseUrls(), face.root()),
                error.kmsError());
        setErrorHeaders(request, out, error);
        AnswerHead.closeIfUnread(request, out);
        send(out, error.status(), response, form, type);
    }

    private void sendEmpty(HttpServletRequest request, HttpServletResponse out, CscError error) {
        setErrorHeaders(request, out, error);
        AnswerHead.writeEmpty(request, out, error.status());
    }

    private void send(HttpServletResponse out, int status, KmsResponse response, AnswerForm form, XmlMediaType type)
            throws IOException {
        XmlMediaType sent = form.dialect().textXml() ? XmlMediaType.TEXT_XML : type;
        byte[] octets = KmsResponseCodec.encode(response, form.dialect(), form.protection());
        try {
            AnswerHead.write(out, status);
            out.setContentType(sent.contentType());
            out.setContentLength(octets.length);
            out.getOutputStream().write(octets);
            out.flushBuffer();
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    private void setErrorHeaders(HttpServletRequest request, HttpServletResponse out, CscError error) {
        error.challenge().ifPresent(value -> out.setHeader("WWW-Authenticate", value));
        if (error.code() == METHOD_NOT_ALLOWED) {
            out.setHeader("Allow", face.methodOf().apply(request.getRequestURI()));
        }
    }

    /** If the trail does not take the record, the request stays refused and the log says so. */
    private void auditRefusal(
            HttpServletRequest request, AuthenticatedIdentity caller, KmsException refusal, String requestId) {
        auditSafely(requestId, () -> audit.refused(caller, RequestUrl.resource(request, face.root()), refusal));
    }

    private void count(HttpServletRequest request, String reason) {
        auditSafely(newRequestId(), () -> audit.unauthenticated(request.getRemoteAddr(), reason));
    }

    private static void auditSafely(String requestId, Runnable record) {
        try {
            record.run();
        } catch (RuntimeException e) {
            LOG.refusalNotAudited(requestId, e);
        }
    }

    private static String newRequestId() {
        return UUID.randomUUID().toString();
    }
}
