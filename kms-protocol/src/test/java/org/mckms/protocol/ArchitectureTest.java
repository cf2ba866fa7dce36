package org.mckms.protocol;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Date;
import java.util.Random;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.SAXParserFactory;
import javax.xml.stream.XMLInputFactory;
import org.mckms.mikeysakke.eccsi.SecretSigningKey;
import org.mckms.mikeysakke.sakke.ReceiverSecretKey;
import org.mckms.protocol.xml.HardenedXml;

@AnalyzeClasses(packages = "org.mckms.protocol", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    /** Classes that read and write signed or sealed messages and files, the only ones that know Bouncy Castle. */
    private static final String[] CMS = {
        "..protocol.cms..", "..protocol.sealed..", "..protocol.bundle..", "..protocol.partner..", "..protocol.smime.."
    };

    private static final Set<Class<?>> SECRETS = Set.of(ReceiverSecretKey.class, SecretSigningKey.class);

    @ArchTest
    static final ArchRule STANDS_ON_THE_JDK_AND_THE_LIBRARY = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "javax.crypto..",
                    "javax.security.auth.x500..",
                    "javax.xml..",
                    "org.w3c.dom..",
                    "org.xml.sax..",
                    "org.bouncycastle..",
                    "org.mckms.mikeysakke..",
                    "org.mckms.protocol..");

    @ArchTest
    static final ArchRule BOUNCY_CASTLE_SERVES_CMS_ONLY = noClasses()
            .that()
            .resideOutsideOfPackages(CMS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.bouncycastle..");

    @ArchTest
    static final ArchRule ONLY_ONE_CLASS_MAKES_PARSERS = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(HardenedXml.class.getName())
            .should()
            .dependOnClassesThat(describe(
                    "are parser factories",
                    type -> type.isAssignableTo(DocumentBuilderFactory.class)
                            || type.isAssignableTo(SAXParserFactory.class)
                            || type.isAssignableTo(XMLInputFactory.class)));

    @ArchTest
    static final ArchRule MESSAGES_KNOW_NO_XML = noClasses()
            .that()
            .resideInAnyPackage("..error..", "..message..", "..cek..", "..audit..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "javax.xml..", "org.w3c.dom..", "org.xml.sax..", "..protocol.xml..", "..protocol.codec..");

    @ArchTest
    static final ArchRule NO_JAVA_SERIALIZATION =
            noClasses().should().dependOnClassesThat().areAssignableTo(ObjectInputStream.class);

    @ArchTest
    static final ArchRule TIME_COMES_FROM_THE_CALLER = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Date.class);

    @ArchTest
    static final ArchRule NOTHING_IS_RANDOM_BUT_WHAT_IS_SEALED = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "..protocol.cms..", "..protocol.sealed..", "..protocol.smime..", "..protocol.xpk..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Random.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(SecureRandom.class);

    @ArchTest
    static final ArchRule RANDOMNESS_COMES_FROM_THE_CALLER = noClasses()
            .should()
            .callConstructorWhere(
                    describe("make a generator", call -> call.getTargetOwner().isAssignableTo(Random.class)));

    @ArchTest
    static final ArchRule HOLDERS_OF_SECRETS_ARE_NO_RECORDS_AND_NOT_SERIALIZABLE = noClasses()
            .that(describe("have a secret in a field", ArchitectureTest::holdsASecret))
            .should()
            .beRecords()
            .orShould()
            .beAssignableTo(Serializable.class);

    @ArchTest
    static final ArchRule NO_CONSOLE = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule NO_LOGGING = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

    private static boolean holdsASecret(JavaClass type) {
        return type.getFields().stream().anyMatch(field -> SECRETS.stream()
                .anyMatch(secret -> field.getRawType().isEquivalentTo(secret)));
    }
}
