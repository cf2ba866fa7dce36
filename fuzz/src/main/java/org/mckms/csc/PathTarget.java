package org.mckms.csc;

import java.nio.charset.StandardCharsets;
import org.mckms.csc.token.IdentityUri;
import org.mckms.fuzz.Target;
import org.mckms.protocol.error.KmsException;

/**
 * The raw path of a request. An identity in it is one that would be accepted in a token, and the path with that identity
 * written in the other way, every octet encoded, means the same.
 */
public final class PathTarget implements Target {
    private static final PathTarget TARGET = new PathTarget();

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        TARGET.accepts(input);
    }

    @Override
    public boolean accepts(byte[] input) {
        CscResource resource;
        try {
            resource = CscPath.parse(new String(input, StandardCharsets.ISO_8859_1), true);
        } catch (KmsException e) {
            return false;
        }
        if (resource instanceof CscResource.KeyProv keyProv && keyProv.uri().isPresent()) {
            String time = keyProv.time().map(value -> "/" + value.toHex()).orElse("");
            requireIdentity(keyProv.uri().get());
            requireOneMeaning(resource, "keyprov", keyProv.uri().get(), time);
        } else if (resource instanceof CscResource.Lookup lookup) {
            requireIdentity(lookup.userUri());
            requireOneMeaning(resource, "lookup", lookup.userUri(), "");
        } else if (resource instanceof CscResource.Cert cert) {
            requireOneMeaning(resource, "cert", cert.kmsUri(), "");
        }
        return true;
    }

    private static void requireIdentity(String uri) {
        Target.require(IdentityUri.parse(uri).text().equals(uri), "an identity that no token could have");
    }

    private static void requireOneMeaning(CscResource resource, String name, String uri, String rest) {
        StringBuilder path =
                new StringBuilder(CscPath.ROOT).append('/').append(name).append('/');
        for (byte octet : uri.getBytes(StandardCharsets.UTF_8)) {
            path.append(String.format("%%%02x", octet & 0xFF));
        }
        path.append(rest);
        if (path.length() > CscPath.MAX_OCTETS) {
            return;
        }
        Target.require(CscPath.parse(path.toString(), true).equals(resource), "one URI in two spellings is two");
    }
}
