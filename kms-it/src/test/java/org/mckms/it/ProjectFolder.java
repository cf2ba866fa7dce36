package org.mckms.it;

import java.nio.file.Path;

/** Where the project lies. */
final class ProjectFolder {
    static final Path ROOT =
            Path.of(System.getProperty("kms.root")).toAbsolutePath().normalize();

    private ProjectFolder() {}
}
