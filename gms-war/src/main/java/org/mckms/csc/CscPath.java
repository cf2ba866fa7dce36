package org.mckms.csc;

import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;
import static org.mckms.protocol.error.KmsErrorCode.NOT_FOUND;
import static org.mckms.protocol.error.KmsErrorCode.URI_TOO_LONG;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.mckms.csc.token.IdentityUri;
import org.mckms.mikeysakke.identity.NtpTimestamp;
import org.mckms.protocol.error.KmsException;

/**
 * Reads the raw path of a request, as it came over the wire, exactly once; see {@link RawPath}. The names of resources are
 * compared as sent. Only a segment that is a URI is percent-decoded, once.
 */
final class CscPath {

    /** Where the resources lie. */
    static final String ROOT = "/keymanagement/identity/v1";

    /** Longest raw path, in octets: room for an identity of full length with every octet percent-encoded, and a time. */
    static final int MAX_OCTETS = 1792;

    private static final Pattern TIME = Pattern.compile("[0-9A-Fa-f]{16}");
    private static final Pattern CACHE_NUM = Pattern.compile("0|[1-9][0-9]{0,17}");

    private static final Pattern KMS_URI = Pattern.compile("[A-Za-z0-9._~:/?#\\[\\]@!$&'()*+,;=-]+");

    private CscPath() {}

    /**
     * Reads a path.
     *
     * @param rawPath path of the request target, not decoded, without query
     * @param discovery whether {@code lookup} and {@code redirect} exist
     * @throws KmsException URI_TOO_LONG, NOT_FOUND for a resource that does not exist, MALFORMED_REQUEST for one that does
     *     with a part that is wrong
     */
    static CscResource parse(String rawPath, boolean discovery) {
        if (rawPath.length() > MAX_OCTETS) {
            throw new KmsException(URI_TOO_LONG, "the path is longer than " + MAX_OCTETS + " octets");
        }
        if (!rawPath.startsWith(ROOT + "/")) {
            throw unknown();
        }
        List<String> segments = RawPath.segmentsBelow(ROOT, rawPath);
        List<String> parameters = segments.subList(1, segments.size());
        return switch (segments.get(0)) {
            case "init" -> init(parameters);
            case "keyprov" -> keyProv(parameters);
            case "certcache" -> certCache(parameters);
            case "cert" -> cert(parameters);
            case "lookup" -> lookup(parameters, discovery);
            case "redirect" -> redirect(parameters, discovery);
            default -> throw unknown();
        };
    }

    private static CscResource init(List<String> parameters) {
        if (!parameters.isEmpty()) {
            throw unknown();
        }
        return new CscResource.Init();
    }

    private static CscResource cert(List<String> parameters) {
        if (parameters.size() != 1) {
            throw malformed("cert takes one KMS URI; a '/' inside it is sent as %2F");
        }
        return new CscResource.Cert(kmsUri(parameters.get(0)));
    }

    private static CscResource lookup(List<String> parameters, boolean discovery) {
        if (!discovery) {
            throw unknown();
        }
        if (parameters.size() != 1) {
            throw malformed("lookup takes one URI; a '/' inside it is sent as %2F");
        }
        return new CscResource.Lookup(RawPath.identity(parameters.get(0)));
    }

    private static CscResource redirect(List<String> parameters, boolean discovery) {
        if (!discovery || !parameters.isEmpty()) {
            throw unknown();
        }
        return new CscResource.Redirect();
    }

    private static CscResource keyProv(List<String> parameters) {
        if (parameters.size() > 2) {
            throw malformed("keyprov takes a URI and a time; a '/' inside the URI is sent as %2F");
        }
        Optional<String> uri = parameters.stream().findFirst().map(RawPath::identity);
        Optional<NtpTimestamp> time = parameters.stream().skip(1).findFirst().map(CscPath::time);
        return new CscResource.KeyProv(uri, time);
    }

    private static CscResource certCache(List<String> parameters) {
        if (parameters.isEmpty()) {
            return new CscResource.CertCache(OptionalLong.empty());
        }
        if (parameters.size() > 1 || !CACHE_NUM.matcher(parameters.get(0)).matches()) {
            throw malformed("certcache takes one cache number, decimal without leading zeros");
        }
        return new CscResource.CertCache(OptionalLong.of(Long.parseLong(parameters.get(0))));
    }

    private static NtpTimestamp time(String segment) {
        if (!TIME.matcher(segment).matches()) {
            throw malformed("the time is not 16 hex digits; a '/' inside the URI is sent as %2F");
        }
        return NtpTimestamp.parse(segment);
    }

    /** A host name, perhaps with a port, or a URI: whatever a KmsUri may be, without percent-encoding. */
    private static String kmsUri(String segment) {
        String decoded = RawPath.decoded(segment);
        if (decoded.length() > IdentityUri.MAX_OCTETS
                || !KMS_URI.matcher(decoded).matches()) {
            throw malformed("the KMS URI in the path, decoded once, has characters that no URI has, or too many");
        }
        return decoded;
    }

    private static KmsException unknown() {
        return new KmsException(NOT_FOUND, "there is no such resource");
    }

    private static KmsException malformed(String why) {
        return new KmsException(MALFORMED_REQUEST, why);
    }
}
