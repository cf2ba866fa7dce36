package org.mckms.client.cli.explain;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Self-made documents of annex D, from {@code src/test/resources/vectors/samples}. */
final class Samples {
    private Samples() {}

    static byte[] octets(String name) {
        try (InputStream in = Samples.class.getResourceAsStream("/vectors/samples/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static String text(String name) {
        return new String(octets(name), StandardCharsets.UTF_8);
    }
}
