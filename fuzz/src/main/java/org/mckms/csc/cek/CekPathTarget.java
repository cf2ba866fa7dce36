package org.mckms.csc.cek;

import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;
import static org.mckms.protocol.error.KmsErrorCode.NOT_FOUND;
import static org.mckms.protocol.error.KmsErrorCode.URI_TOO_LONG;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.mckms.csc.token.IdentityUri;
import org.mckms.fuzz.Target;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/**
 * The raw path of a request for content encryption keys. A resource with a name has one spelling; a Key ID is what its digits
 * say; a user is one who could be in a token, and the path with that user written in the other way, every octet encoded,
 * means the same.
 */
public final class CekPathTarget implements Target {
    private static final CekPathTarget TARGET = new CekPathTarget();
    private static final Set<KmsErrorCode> REFUSALS = Set.of(MALFORMED_REQUEST, NOT_FOUND, URI_TOO_LONG);
    private static final String BELOW = CekPath.ROOT + "/";

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        TARGET.accepts(input);
    }

    @Override
    public boolean accepts(byte[] input) {
        String path = new String(input, StandardCharsets.ISO_8859_1);
        CekResource resource;
        try {
            resource = CekPath.parse(path);
        } catch (KmsException e) {
            Target.require(REFUSALS.contains(e.code()), "a refusal with another code: " + e.code());
            return false;
        }
        if (resource instanceof CekResource.Current current) {
            requireUser(resource, current.userUri(), "");
        } else if (resource instanceof CekResource.Renewal renewal) {
            Target.require(path.endsWith("/renew"), "a renewal with another name");
            requireUser(resource, renewal.userUri(), "/renew");
        } else if (resource instanceof CekResource.OneKey key) {
            requireDigits(path, key.keyId());
        } else {
            Target.require(path.equals(BELOW + nameOf(resource)), "a resource with two spellings");
        }
        return true;
    }

    private static String nameOf(CekResource resource) {
        if (resource instanceof CekResource.Pull) {
            return "list";
        }
        if (resource instanceof CekResource.Acknowledgements) {
            return "acknowledgements";
        }
        return resource instanceof CekResource.Ends ? "ends" : "events";
    }

    private static void requireDigits(String path, Octets keyId) {
        Target.require(keyId.size() == 16, "a Key ID of another length");
        Target.require(
                (BELOW + keyId.toHex()).toUpperCase(Locale.ROOT).equals(path.toUpperCase(Locale.ROOT)),
                "another Key ID than that of the path");
    }

    private static void requireUser(CekResource resource, String uri, String rest) {
        Target.require(IdentityUri.parse(uri).text().equals(uri), "a user whom no token could have");
        StringBuilder path = new StringBuilder(BELOW);
        for (byte octet : uri.getBytes(StandardCharsets.UTF_8)) {
            path.append(String.format("%%%02x", octet & 0xFF));
        }
        path.append(rest);
        if (path.length() <= CekPath.MAX_OCTETS) {
            Target.require(CekPath.parse(path.toString()).equals(resource), "one user in two spellings is two");
        }
    }
}
