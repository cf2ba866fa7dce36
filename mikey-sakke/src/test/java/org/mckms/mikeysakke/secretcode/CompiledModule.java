package org.mckms.mikeysakke.secretcode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The compiled classes of a module that handles secrets. */
final class CompiledModule {
    private CompiledModule() {}

    /**
     * What {@link SecretCodeScanner} finds in all classes of some packages.
     *
     * @param member   a class of the module
     * @param packages names of packages, or of files, within {@code org.mckms.mikeysakke}
     */
    static List<SecretCodeOffence> offences(Class<?> member, List<String> packages) {
        Path root = directory(member).resolve("org/mckms/mikeysakke");
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> classFiles = files.filter(file -> file.toString().endsWith(".class"))
                    .filter(file ->
                            packages.contains(root.relativize(file).getName(0).toString()))
                    .sorted()
                    .toList();
            assertThat(classFiles).hasSizeGreaterThan(packages.size());
            return classFiles.stream()
                    .flatMap(file -> SecretCodeScanner.scan(read(file)).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path directory(Class<?> member) {
        try {
            return Path.of(
                    member.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
