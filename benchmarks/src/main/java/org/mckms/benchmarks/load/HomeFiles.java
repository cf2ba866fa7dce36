package org.mckms.benchmarks.load;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** Reads files of a development home. */
final class HomeFiles {
    private HomeFiles() {}

    static Properties properties(Path file) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            properties.load(in);
        }
        return properties;
    }

    /** @param endpoints of {@code endpoints.properties} */
    static int port(Properties endpoints, String name) {
        return URI.create(endpoints.getProperty(name)).getPort();
    }
}
