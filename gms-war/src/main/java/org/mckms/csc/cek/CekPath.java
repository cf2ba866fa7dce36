package org.mckms.csc.cek;

import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;
import static org.mckms.protocol.error.KmsErrorCode.NOT_FOUND;
import static org.mckms.protocol.error.KmsErrorCode.URI_TOO_LONG;

import java.util.List;
import java.util.regex.Pattern;
import org.mckms.csc.RawPath;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.error.KmsException;

/**
 * Reads the raw path of a request for content encryption keys, as it came over the wire, exactly once; see {@link RawPath}.
 * The names of resources are compared as sent. A Key ID is 32 hex digits; whatever else is no name of a resource is a user,
 * whose URI has a colon and so is neither.
 */
final class CekPath {

    /** Where the resources lie. */
    static final String ROOT = "/keymanagement/cek/v1";

    /** Longest raw path, in octets: room for an identity of full length with every octet percent-encoded. */
    static final int MAX_OCTETS = 1792;

    private static final Pattern KEY_ID = Pattern.compile("[0-9A-Fa-f]{32}");

    private CekPath() {}

    /**
     * Reads a path.
     *
     * @param rawPath path of the request target, not decoded, without query
     * @throws KmsException URI_TOO_LONG, NOT_FOUND for a resource that does not exist, MALFORMED_REQUEST for one that does
     *     with a part that is wrong
     */
    static CekResource parse(String rawPath) {
        if (rawPath.length() > MAX_OCTETS) {
            throw new KmsException(URI_TOO_LONG, "the path is longer than " + MAX_OCTETS + " octets");
        }
        if (!covers(rawPath)) {
            throw unknown();
        }
        List<String> segments = RawPath.segmentsBelow(ROOT, rawPath);
        String first = segments.get(0);
        List<String> rest = segments.subList(1, segments.size());
        return switch (first) {
            case "list" -> alone(rest, new CekResource.Pull());
            case "acknowledgements" -> alone(rest, new CekResource.Acknowledgements());
            case "ends" -> alone(rest, new CekResource.Ends());
            case "events" -> alone(rest, new CekResource.Events());
            default ->
                KEY_ID.matcher(first).matches()
                        ? alone(rest, new CekResource.OneKey(Octets.fromHex(first)))
                        : user(first, rest);
        };
    }

    /** Whether a raw path is one of content encryption keys, good or bad. */
    static boolean covers(String rawPath) {
        return rawPath.startsWith(ROOT + "/");
    }

    private static CekResource user(String segment, List<String> rest) {
        String userUri = RawPath.identity(segment);
        if (rest.isEmpty()) {
            return new CekResource.Current(userUri);
        }
        if (rest.equals(List.of("renew"))) {
            return new CekResource.Renewal(userUri);
        }
        throw malformed("after the URI of a user comes renew or nothing; a '/' inside the URI is sent as %2F");
    }

    private static CekResource alone(List<String> rest, CekResource resource) {
        if (!rest.isEmpty()) {
            throw unknown();
        }
        return resource;
    }

    private static KmsException unknown() {
        return new KmsException(NOT_FOUND, "there is no such resource");
    }

    private static KmsException malformed(String why) {
        return new KmsException(MALFORMED_REQUEST, why);
    }
}
