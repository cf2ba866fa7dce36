package org.mckms.csc.group;

import static org.mckms.csc.log.CscLog.LOG;
import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;

import jakarta.json.Json;
import jakarta.json.JsonStructure;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.mckms.csc.AnswerHead;
import org.mckms.csc.CscError;
import org.mckms.csc.Refusals;
import org.mckms.csc.token.Decision;
import org.mckms.kms.application.RefusalAudit;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.protocol.error.ErrorFamily;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/**
 * Writes every answer of group management but event streams, and sees to it that each refusal is in the audit trail once.
 *
 * <p>A caller who is known gets a JSON object with the error, whatever the resource answers otherwise; whoever is not known
 * gets status and header fields only.
 */
final class GroupAnswers implements Refusals {

    /** Media type of answers to managers, and of errors. */
    static final String JSON = "application/json";

    /** Media type of answers to members and partners. */
    static final String XML = "application/xml; charset=UTF-8";

    private final RefusalAudit audit;

    GroupAnswers(RefusalAudit audit) {
        this.audit = audit;
    }

    /** Sends what a use case has given. */
    void send(HttpServletResponse out, GroupAnswer answer) throws IOException {
        AnswerHead.write(out, answer.status());
        answer.headers().forEach(out::setHeader);
        byte[] octets = answer.octets();
        if (octets.length > 0) {
            out.setContentType(answer.mediaType());
        }
        out.setContentLength(octets.length);
        out.getOutputStream().write(octets);
        out.flushBuffer();
    }

    @Override
    public void anonymous(HttpServletRequest request, HttpServletResponse out) {
        count(request, "no access token");
        out.setHeader("WWW-Authenticate", "Bearer realm=\"gms\"");
        AnswerHead.writeEmpty(request, out, HttpServletResponse.SC_UNAUTHORIZED);
    }

    @Override
    public void unauthenticated(HttpServletRequest request, HttpServletResponse out, KmsException why) {
        String requestId = newRequestId();
        count(request, why.getMessage());
        if (why.code().family() == ErrorFamily.FAULT) {
            LOG.notServed(requestId, why.getMessage());
        }
        CscError error = CscError.of(why, requestId);
        error.challenge().ifPresent(value -> out.setHeader("WWW-Authenticate", value));
        AnswerHead.writeEmpty(request, out, error.status());
    }

    @Override
    public void refused(HttpServletRequest request, HttpServletResponse out, Decision.Refused refused)
            throws IOException {
        String requestId = newRequestId();
        auditSafely(requestId, () -> audit.refusedToken(refused.holder(), resource(request), refused.audited()));
        send(request, out, CscError.of(refused.why(), requestId), requestId);
    }

    /** Answers a caller who wants to hear something before sending the body; the audit trail has it as malformed. */
    void expectationFailed(HttpServletRequest request, HttpServletResponse out, AuthenticatedIdentity caller) {
        auditRefusal(request, caller, new KmsException(MALFORMED_REQUEST, "the request has an Expect"), newRequestId());
        AnswerHead.writeEmpty(request, out, HttpServletResponse.SC_EXPECTATION_FAILED);
    }

    /**
     * Answers a caller with an error, whoever threw it, and audits it if it is a refusal and no fault of ours.
     *
     * @param methods those of the resource, if it was known
     */
    void failed(
            HttpServletRequest request,
            HttpServletResponse out,
            AuthenticatedIdentity caller,
            Throwable thrown,
            List<String> methods)
            throws IOException {
        String requestId = newRequestId();
        Optional<KmsException> known = CscError.kmsException(thrown);
        CscError error = CscError.of(thrown, requestId);
        if (error.code().family() != ErrorFamily.FAULT) {
            // of a key message the use case has recorded which check failed
            if (error.code() != KmsErrorCode.KEY_MESSAGE_REFUSED) {
                auditRefusal(request, caller, known.orElseThrow(), requestId);
            }
        } else if (error.status() == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
            LOG.notServed(requestId, known.orElseThrow().getMessage());
        } else {
            LOG.requestFailed(requestId, thrown);
        }
        if (error.code() == KmsErrorCode.METHOD_NOT_ALLOWED) {
            out.setHeader("Allow", String.join(", ", methods));
        }
        send(request, out, error, requestId);
    }

    private void send(HttpServletRequest request, HttpServletResponse out, CscError error, String requestId)
            throws IOException {
        JsonStructure body = Json.createObjectBuilder()
                .add(
                        "error",
                        Json.createObjectBuilder()
                                .add("code", error.code().code())
                                .add("name", error.code().name())
                                .add("message", error.text())
                                .add("requestId", requestId))
                .build();
        error.challenge().ifPresent(value -> out.setHeader("WWW-Authenticate", value));
        AnswerHead.closeIfUnread(request, out);
        AnswerHead.write(out, error.status());
        byte[] octets = body.toString().getBytes(StandardCharsets.UTF_8);
        out.setContentType(JSON);
        out.setContentLength(octets.length);
        out.getOutputStream().write(octets);
        out.flushBuffer();
    }

    /** The path for the audit trail; one that is too long or not printable is cut to the root. */
    private static String resource(HttpServletRequest request) {
        String path = request.getRequestURI();
        boolean printable =
                path.length() <= GroupPath.MAX_OCTETS && path.chars().allMatch(c -> c > ' ' && c <= '~');
        return printable ? path : GroupPath.ROOT;
    }

    /** If the trail does not take the record, the request stays refused and the log says so. */
    private void auditRefusal(
            HttpServletRequest request, AuthenticatedIdentity caller, KmsException refusal, String requestId) {
        auditSafely(requestId, () -> audit.refused(caller, resource(request), refusal));
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
