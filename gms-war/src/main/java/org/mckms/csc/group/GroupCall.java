package org.mckms.csc.group;

import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;
import static org.mckms.protocol.error.KmsErrorCode.UNSUPPORTED_MEDIA_TYPE;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mckms.csc.RequestBody;
import org.mckms.csc.XmlMediaType;
import org.mckms.gms.application.GroupCaller;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.json.JsonBody;

/**
 * A request that was admitted, with its body, to be read as its resource wants it.
 *
 * @param request its method and header fields
 */
record GroupCall(GroupCaller caller, HttpServletRequest request, Optional<Octets> body) {

    private static final Predicate<String> JSON = type("application/json");
    private static final Predicate<String> URI_LIST = type("text/uri-list");

    private static final RequestBody BODIES = new RequestBody(System::nanoTime, type -> true, "one type");

    private static final Pattern ENTITY_TAG = Pattern.compile("\\s*(?:W/)?\"([A-Za-z0-9]{1,128})\"");

    private static Predicate<String> type(String name) {
        return Pattern.compile("(?i)" + Pattern.quote(name) + "(?:\\s*;\\s*charset=\"?utf-8\"?)?")
                .asMatchPredicate();
    }

    /** Reads the body to its end, before anything is done for the request. */
    static GroupCall read(GroupCaller caller, HttpServletRequest request) {
        return new GroupCall(caller, request, BODIES.read(request));
    }

    boolean is(String method) {
        return request.getMethod().equals(method);
    }

    /** The query, of which these names may be there. */
    GroupQuery query(String... expected) {
        return GroupQuery.parse(request.getQueryString(), Set.of(expected));
    }

    /**
     * A JSON object of which these members may be there; the caller closes it.
     *
     * @throws KmsException MALFORMED_REQUEST also if there is no body
     */
    JsonBody json(String... expected) {
        query();
        return JsonBody.parse(required(JSON, "application/json in UTF-8").toByteArray(), Set.of(expected));
    }

    /**
     * An XML document, not looked into.
     *
     * @throws KmsException MALFORMED_REQUEST if there is no body
     */
    byte[] xml() {
        query();
        return required(XmlMediaType::isRead, "application/xml or text/xml in UTF-8")
                .toByteArray();
    }

    /**
     * The one URI of a list (RFC 2483 clause 5); comments are left out.
     *
     * @throws KmsException MALFORMED_REQUEST if there is none or several
     */
    String uri() {
        query();
        List<String> uris = new String(
                        required(URI_LIST, "text/uri-list in UTF-8").toByteArray(), StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
        if (uris.size() != 1) {
            throw new KmsException(MALFORMED_REQUEST, "the list has " + uris.size() + " URIs, one is taken");
        }
        return uris.get(0);
    }

    /**
     * What the sender holds already, the first entity tag of If-None-Match (RFC 9110 clause 13.1.2): members hold one version
     * of a document, the one they were given last.
     */
    Optional<String> knownTag() {
        return Collections.list(request.getHeaders("If-None-Match")).stream()
                .map(ENTITY_TAG::matcher)
                .filter(Matcher::lookingAt)
                .map(tag -> tag.group(1))
                .findFirst();
    }

    private Octets required(Predicate<String> types, String announcement) {
        Octets octets = body.orElseThrow(() -> new KmsException(MALFORMED_REQUEST, "the request has no body"));
        if (!types.test(request.getHeader("Content-Type").strip())) {
            throw new KmsException(UNSUPPORTED_MEDIA_TYPE, "the body must be announced as " + announcement);
        }
        return octets;
    }
}
