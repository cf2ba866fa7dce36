package org.mckms.admin;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Who may import whom, for this archive. */
class ArchitectureTest {

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.mckms.admin");

    /** Of our own modules: the use cases, the values they take and give, the settings, the messages. Nothing behind. */
    @Test
    void talksToUseCasesOnly() {
        classes()
                .should()
                .onlyDependOnClassesThat(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage("org.mckms.."))
                        .or(JavaClass.Predicates.resideInAnyPackage(
                                "org.mckms.admin..",
                                "org.mckms.gms.application..",
                                "org.mckms.gms.domain..",
                                "org.mckms.kms.application..",
                                "org.mckms.kms.domain..",
                                "org.mckms.platform.config",
                                "org.mckms.platform.delivery",
                                "org.mckms.protocol..",
                                "org.mckms.mikeysakke",
                                "org.mckms.mikeysakke.identity",
                                "org.mckms.mikeysakke.eccsi",
                                "org.mckms.mikeysakke.mikey",
                                "org.mckms.mikeysakke.sakke")))
                .check(OURS);
    }

    /** Of the domain and of deliveries: values, never a port. */
    @Test
    void touchesNoPortOfTheDomain() {
        noClasses()
                .should()
                .dependOnClassesThat(JavaClass.Predicates.resideInAnyPackage(
                                "org.mckms.kms.domain..", "org.mckms.gms.domain..", "org.mckms.platform.delivery")
                        .and(JavaClass.Predicates.INTERFACES))
                .check(OURS);
    }

    @Test
    void hasNeitherPersistenceNorKeyStores() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.persistence..", "jakarta.transaction..", "java.sql..", "sun..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.security.KeyStore")
                .check(OURS);
    }
}
