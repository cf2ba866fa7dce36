package org.mckms.it;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may know whom: modules from the bottom up, then the layers inside the server. */
class ArchitectureTest {
    private static final String[] SERVER = {
        "org.mckms.kms..", "org.mckms.gms..", "org.mckms.platform..", "org.mckms.csc..", "org.mckms.admin.."
    };

    @Test
    void libraryKnowsTheJdkOnly() {
        classes()
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("org.mckms.mikeysakke..", "java..", "javax.crypto.."))
                .check(ModuleClasses.LIBRARY);
    }

    @Test
    void vectorsKnowTheLibraryAndTheModuleOfTheJdkTheyAreIn() {
        classes()
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage("org.mckms.mikeysakke..", "java..", "jdk.incubator.vector.."))
                .allowEmptyShould(true)
                .check(ModuleClasses.VECTORS);
    }

    @Test
    void nobodyNeedsVectors() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.mckms.mikeysakke.vector..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.mckms.mikeysakke.vector..", "jdk.incubator.vector.."))
                .check(ModuleClasses.ALL);
    }

    @Test
    void sharedValuesOfTheLibraryKnowNoneOfItsParts() {
        noClasses()
                .that()
                .resideInAPackage("org.mckms.mikeysakke")
                .should()
                .dependOnClassesThat(resideInAPackage("org.mckms.mikeysakke.*.."))
                .check(ModuleClasses.LIBRARY);
    }

    @Test
    void protocolKnowsTheLibraryOnly() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.mckms.client..", "jakarta.."))
                .orShould()
                .dependOnClassesThat(resideInAnyPackage(SERVER))
                .check(ModuleClasses.PROTOCOL);
    }

    @Test
    void clientKnowsNothingOfTheServer() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage(SERVER))
                .orShould()
                .dependOnClassesThat(resideInAnyPackage("jakarta.ejb..", "jakarta.persistence..", "jakarta.ws.rs.."))
                .check(ModuleClasses.CLIENT);
    }

    @Test
    void serverCoreKnowsNoHttpFace() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "org.mckms.csc..", "org.mckms.admin..", "jakarta.servlet..", "jakarta.ws.rs.."))
                .check(ModuleClasses.CORE);
    }

    @Test
    void httpFacesTalkToUseCasesAndValuesOnly() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "org.mckms.kms.infrastructure..",
                        "org.mckms.platform.hsm..",
                        "org.mckms.platform.persistence..",
                        "org.mckms.platform.audit..",
                        "jakarta.persistence.."))
                .check(ModuleClasses.of("gms-war", "admin-war"));
    }

    @Test
    void httpFacesDoNotKnowEachOther() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("org.mckms.admin.."))
                .check(ModuleClasses.CSC);
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("org.mckms.csc.."))
                .check(ModuleClasses.ADMIN);
    }

    @Test
    void httpFacesTouchNoMasterSecrets() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.mckms.kms.domain.MasterSecretVault")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.mckms.kms.domain.MasterSecrets")
                .check(ModuleClasses.of("gms-war", "admin-war"));
    }

    @Test
    void domainKnowsNeitherLayersAboveNorTheContainer() {
        noClasses()
                .that()
                .resideInAPackage("org.mckms.kms.domain..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "org.mckms.kms.application..",
                        "org.mckms.kms.infrastructure..",
                        "jakarta.persistence..",
                        "jakarta.ws.rs..",
                        "jakarta.ejb..",
                        "jakarta.servlet.."))
                .check(ModuleClasses.CORE);
    }

    @Test
    void groupManagementKnowsNeitherKeyManagementNorTheVault() {
        noClasses()
                .that()
                .resideInAPackage("org.mckms.gms..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.mckms.kms..", "org.mckms.platform.hsm.."))
                .allowEmptyShould(true)
                .check(ModuleClasses.OF_SERVER);
    }

    @Test
    void platformKnowsNoApplication() {
        noClasses()
                .that()
                .resideInAPackage("org.mckms.platform..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.mckms.kms.application..", "org.mckms.gms.."))
                .check(ModuleClasses.CORE);
    }

    @Test
    void onlyTheHsmPackageOpensKeyStores() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.mckms.platform.hsm..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.security.KeyStore")
                .orShould()
                .dependOnClassesThat(resideInAnyPackage("sun..", "com.sun.."))
                .check(ModuleClasses.OF_SERVER);
    }

    @Test
    void entitiesStayInsidePersistence() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "org.mckms.kms.infrastructure.persistence..",
                        "org.mckms.gms.infrastructure.persistence..",
                        "org.mckms.platform.persistence..")
                .should()
                .dependOnClassesThat()
                .areAnnotatedWith("jakarta.persistence.Entity")
                .check(ModuleClasses.OF_SERVER);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modules")
    void packagesOfAModuleFormNoCycle(String module, JavaClasses classes) {
        slices().matching("org.mckms.(**)").should().beFreeOfCycles().check(classes);
    }

    static Stream<Arguments> modules() {
        return Stream.concat(ModuleClasses.LIBRARIES.stream(), ModuleClasses.SERVER.stream())
                .map(module -> Arguments.of(module, ModuleClasses.of(module)));
    }
}
