package org.mckms.mikeysakke.secretcode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The compiled classes of a module that handle secrets, and what they may do nevertheless. */
final class CompiledModule {
    private final List<WithoutSecrets> classes;
    private final List<Allowed> methods;
    private final List<SecretCodeOffence> offences;

    /**
     * Reads all classes of some packages.
     *
     * @param member   a class of the module
     * @param packages names of packages, or of files, within {@code org.mckms.mikeysakke}
     * @param classes  exceptions
     * @param methods  exceptions
     */
    CompiledModule(Class<?> member, List<String> packages, List<WithoutSecrets> classes, List<Allowed> methods) {
        this.classes = classes;
        this.methods = methods;
        this.offences = offences(member, packages);
    }

    void requireNoOffence() {
        assertThat(offences)
                .filteredOn(offence -> methods.stream().noneMatch(allowed -> allowed.covers(offence))
                        && classes.stream().noneMatch(type -> type.covers(offence)))
                .as("operations on data that may be secret; where it is public, allow the method with the reason")
                .isEmpty();
    }

    void requireThatExceptionsAreNeeded() {
        assertThat(methods)
                .filteredOn(allowed -> offences.stream().noneMatch(allowed::covers))
                .as("exceptions that no code needs")
                .isEmpty();
        assertThat(classes)
                .filteredOn(type -> offences.stream().noneMatch(type::covers))
                .as("exceptions that no class needs")
                .isEmpty();
    }

    private static List<SecretCodeOffence> offences(Class<?> member, List<String> packages) {
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
