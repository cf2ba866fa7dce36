package org.mckms.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.ObjectInputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.mckms.client.cli.Console;
import org.mckms.client.cli.Kmsctl;

/** What the classes of this module may use. */
class ArchitectureTest {
    private static final String LISTENER = "org.mckms.client.cli.McServerListener";

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.mckms.client");

    @Test
    void importsOnlyWhatIsBelow() {
        check(classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "org.mckms.client..",
                        "org.mckms.protocol..",
                        "org.mckms.mikeysakke..",
                        "java..",
                        "javax.crypto..",
                        "javax.net.ssl..",
                        "javax.security.auth.x500..",
                        "javax.xml..",
                        "org.w3c.dom..",
                        "picocli..",
                        "com.nimbusds..",
                        "com.sun.net.httpserver..",
                        "jakarta.json.."));
    }

    @Test
    void onlyTheStandInOfAnMcServerListens() {
        check(noClasses()
                .that()
                .haveNameNotMatching(Pattern.quote(LISTENER) + "(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.sun.net.httpserver.."));
    }

    @Test
    void theLibraryKnowsNothingOfTheCommandLine() {
        check(noClasses()
                .that()
                .resideInAnyPackage("org.mckms.client", "org.mckms.client.store", "org.mckms.client.file")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.mckms.client.cli..", "picocli..", "com.nimbusds.."));
    }

    @Test
    void packagesHaveNoCycles() {
        check(slices().matching("org.mckms.(**)").should().beFreeOfCycles());
    }

    @Test
    void onlyTheConsoleTouchesTheStandardStreams() {
        check(noClasses()
                .that()
                .doNotHaveFullyQualifiedName(Console.class.getName())
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .accessField(System.class, "in")
                .orShould()
                .callMethod(System.class, "console"));
    }

    @Test
    void timeAndRandomnessComeFromTheWiring() {
        check(noClasses()
                .that()
                .doNotHaveFullyQualifiedName(Kmsctl.class.getName())
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callConstructor(Date.class)
                .orShould()
                .callConstructor(SecureRandom.class));
    }

    @Test
    void bansHold() {
        check(noClasses()
                .should()
                .callMethod(Throwable.class, "printStackTrace")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace", PrintStream.class)
                .orShould()
                .callMethod(Throwable.class, "printStackTrace", PrintWriter.class)
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callConstructor(Random.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(ObjectInputStream.class));
    }

    @Test
    void onlyTlsMaterialOpensKeyStores() {
        check(noClasses()
                .that()
                .doNotHaveFullyQualifiedName(TlsMaterial.class.getName())
                .should()
                .dependOnClassesThat()
                .areAssignableTo(KeyStore.class));
    }

    private static void check(ArchRule rule) {
        rule.check(OURS);
    }
}
