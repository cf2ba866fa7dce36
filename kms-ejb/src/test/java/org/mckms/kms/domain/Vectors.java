package org.mckms.kms.domain;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.mckms.mikeysakke.Octets;

/** One file of test vectors under {@code vectors/}; asking for a value it lacks is an error. */
public final class Vectors {

    private final Properties values = new Properties();
    private final String resource;

    private Vectors(String resource) {
        this.resource = resource;
    }

    public static Vectors of(String resource) {
        Vectors vectors = new Vectors(resource);
        try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + resource)) {
            vectors.values.load(in);
            return vectors;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String text(String key) {
        String value = values.getProperty(key);
        if (value == null) {
            throw new IllegalArgumentException(resource + " has no " + key);
        }
        return value;
    }

    public long number(String key) {
        return Long.parseLong(text(key));
    }

    public Octets octets(String key) {
        return Octets.fromHex(text(key));
    }

    public byte[] array(String key) {
        return octets(key).toByteArray();
    }
}
