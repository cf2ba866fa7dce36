package org.mckms.it;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The compiled classes of the modules, read from their build directories. */
final class ModuleClasses {
    static final Path ROOT =
            Path.of(System.getProperty("kms.root")).toAbsolutePath().normalize();
    static final List<String> LIBRARIES = List.of("mikey-sakke", "kms-protocol", "kms-client");
    static final List<String> SERVER = List.of("kms-health", "kms-ejb", "gms-war", "admin-war");
    static final JavaClasses LIBRARY = of("mikey-sakke");
    static final JavaClasses PROTOCOL = of("kms-protocol");
    static final JavaClasses CLIENT = of("kms-client");
    static final JavaClasses CORE = of("kms-ejb");
    static final JavaClasses CSC = of("gms-war");
    static final JavaClasses ADMIN = of("admin-war");
    /** Empty where an older JDK has not compiled it. */
    static final JavaClasses VECTORS = imported("classes", false, "mikey-sakke-vector");

    static final JavaClasses OF_SERVER = of("kms-health", "kms-ejb", "gms-war", "admin-war");
    /** Of every module; that the needed ones are there is checked above. */
    static final JavaClasses ALL = imported(
            "classes",
            false,
            "mikey-sakke",
            "mikey-sakke-vector",
            "kms-protocol",
            "kms-client",
            "kms-health",
            "kms-ejb",
            "gms-war",
            "admin-war");

    private ModuleClasses() {}

    /** The classes of modules that must be there: a rule over nothing proves nothing. */
    static JavaClasses of(String... modules) {
        return imported("classes", true, modules);
    }

    /** The test classes of all modules, as far as they were compiled. */
    static JavaClasses tests() {
        return imported(
                "test-classes",
                false,
                "mikey-sakke",
                "mikey-sakke-vector",
                "kms-protocol",
                "kms-client",
                "kms-health",
                "kms-ejb",
                "gms-war",
                "admin-war",
                "kms-it");
    }

    private static JavaClasses imported(String folder, boolean needed, String... modules) {
        List<Path> folders = Arrays.stream(modules)
                .map(module ->
                        ProjectFolder.ROOT.resolve(module).resolve("target").resolve(folder))
                .filter(path -> needed || Files.isDirectory(path))
                .toList();
        folders.stream().filter(path -> !Files.isDirectory(path)).findFirst().ifPresent(path -> {
            throw new AssertionError("not compiled: " + path);
        });
        return new ClassFileImporter().importPaths(folders);
    }
}
