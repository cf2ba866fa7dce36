package org.mckms.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The sample documents of the vectors; where they come from is said in the README beside them. */
public final class Samples {
    public static final String INIT = "kms-init.xml";
    public static final String KEYPROV = "kms-keyprov-plain.xml";
    public static final String ERROR = "kms-error.xml";
    public static final String CERTCACHE = "kms-certcache.xml";
    public static final String SIGNED_REQUEST = "signed-kms-request.xml";
    public static final String SIGNED_RESPONSE = "signed-kms-response.xml";
    public static final String KEYPROV_WITH_CEK = "kms-keyprov-with-cek-extension.xml";

    private Samples() {}

    public static byte[] octets(String name) throws IOException {
        try (InputStream in = Samples.class.getResourceAsStream("/vectors/samples/" + name)) {
            return in.readAllBytes();
        }
    }

    public static String text(String name) throws IOException {
        return new String(octets(name), StandardCharsets.UTF_8);
    }

    /** The sample with one passage replaced, which must be there. */
    public static byte[] changed(String name, String from, String to) throws IOException {
        String sample = text(name);
        if (!sample.contains(from)) {
            throw new IllegalArgumentException(name + " does not contain " + from);
        }
        return sample.replace(from, to).getBytes(StandardCharsets.UTF_8);
    }
}
