package org.mckms.csc;

import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;
import static org.mckms.protocol.error.KmsErrorCode.NOT_ACCEPTABLE;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Optional;
import java.util.function.Supplier;
import org.mckms.kms.application.AnswerForm;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.config.SiteSettings;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsResponse;

/**
 * One request of a known caller and its answer, the same for all resources that speak in messages of TS 33.180 annex D:
 * what is asked for is read first, then the body, then one use case is called; whatever is thrown becomes an error.
 */
public final class CscExchange {

    private final SiteSettings site;
    private final CscAnswers answers;
    private final WorkLimit limit;
    private final RequestBody bodies;

    /** What is done for a request once it is known what it asks for. */
    @FunctionalInterface
    public interface Work {

        /** @param form how a refusal is written; learns it as soon as it is known */
        void answer(AnswerForm form) throws IOException;
    }

    /** What is behind a resource. */
    @FunctionalInterface
    public interface UseCase {

        /**
         * Calls it.
         *
         * @param url  URL of the request as it came
         * @param form learns how the answer, or the refusal, is to be written
         */
        KmsResponse answer(Optional<Octets> body, String url, AnswerForm form);
    }

    /** @param limit how many requests are at work at a time */
    public CscExchange(SiteSettings site, CscAnswers answers, WorkLimit limit, RequestBody bodies) {
        this.site = site;
        this.answers = answers;
        this.limit = limit;
        this.bodies = bodies;
    }

    /**
     * Answers a request, with an error if it is refused.
     *
     * @param reading reads the path, and refuses a method, a resource or a query that is not served
     */
    public void serve(
            HttpServletRequest request,
            HttpServletResponse response,
            AuthenticatedIdentity caller,
            Supplier<Work> reading)
            throws IOException {
        if (request.getHeader("Expect") != null) {
            answers.expectationFailed(request, response, caller);
            return;
        }
        try (AnswerForm form = new AnswerForm()) {
            try {
                reading.get().answer(form);
            } catch (RuntimeException e) {
                answers.failed(
                        request, response, caller, e, accepted(request).orElse(XmlMediaType.APPLICATION_XML), form);
            }
        }
    }

    /** Work that ends with a message. */
    public Work message(HttpServletRequest request, HttpServletResponse response, UseCase useCase) {
        return form -> {
            XmlMediaType type = accepted(request)
                    .orElseThrow(() -> new KmsException(NOT_ACCEPTABLE, "answers are application/xml or text/xml"));
            Optional<Octets> body = bodies.read(request);
            String url = RequestUrl.of(request, site.baseUrls());
            try (KmsResponse answer = limit.within(() -> useCase.answer(body, url, form))) {
                answers.send(response, answer, form, type);
            }
        };
    }

    /** Work that takes no body, and ends with 204. */
    public Work order(HttpServletRequest request, HttpServletResponse response, Runnable order) {
        return form -> {
            if (bodies.read(request).isPresent()) {
                throw new KmsException(MALFORMED_REQUEST, "the resource takes no body");
            }
            limit.within(() -> {
                order.run();
                return true;
            });
            AnswerHead.writeEmpty(request, response, HttpServletResponse.SC_NO_CONTENT);
        };
    }

    private static Optional<XmlMediaType> accepted(HttpServletRequest request) {
        return XmlMediaType.accepted(Collections.list(request.getHeaders("Accept")));
    }
}
