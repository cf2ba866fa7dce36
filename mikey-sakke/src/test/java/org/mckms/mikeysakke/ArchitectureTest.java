package org.mckms.mikeysakke;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.PrintStream;
import java.io.Serializable;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Random;
import java.util.stream.Stream;

@AnalyzeClasses(packages = "org.mckms.mikeysakke", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String FIELD = "org.mckms.mikeysakke.reference..";

    /** A type that is closed to wipe it, or the arithmetic that secrets are calculated with. */
    private static final DescribedPredicate<JavaClass> HOLDING_A_SECRET = DescribedPredicate.describe(
            "a secret",
            type -> type.getPackageName().startsWith("org.mckms.mikeysakke")
                    && (type.isAssignableTo(AutoCloseable.class)
                            || type.getPackageName().startsWith("org.mckms.mikeysakke.reference")));

    @ArchTest
    static final ArchRule needsTheJdkOnly = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "javax.crypto..", "org.mckms.mikeysakke..");

    @ArchTest
    static final ArchRule keepsBigIntegerInTheFieldPackage = noClasses()
            .that()
            .resideOutsideOfPackage(FIELD)
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(BigInteger.class);

    @ArchTest
    static final ArchRule encodesIntegersInOnePlace = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("org.mckms.mikeysakke.reference.FixedWidth")
            .should()
            .callMethod(BigInteger.class, "toByteArray");

    @ArchTest
    static final ArchRule keepsSecretsOutOfRecordsAndSerializableTypes = fields().that()
            .haveRawType(HOLDING_A_SECRET)
            .should(new ArchCondition<JavaField>("be declared neither in a record nor in a serializable type") {
                @Override
                public void check(JavaField field, ConditionEvents events) {
                    JavaClass owner = field.getOwner();
                    boolean ok = !owner.isRecord() && !owner.isAssignableTo(Serializable.class);
                    events.add(new SimpleConditionEvent(field, ok, field.getFullName() + " holds a secret"));
                }
            });

    @ArchTest
    static final ArchRule keepsSecretTypesUnserializableAndFinal = classes()
            .that()
            .areAssignableTo(AutoCloseable.class)
            .and()
            .areNotInterfaces()
            .should()
            .notBeAssignableTo(Serializable.class)
            .andShould()
            .notBeRecords()
            .andShould()
            .haveModifier(JavaModifier.FINAL);

    @ArchTest
    static final ArchRule keepsArithmeticOutOfThePublicApi = codeUnits()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat()
            .arePublic()
            .and()
            .areDeclaredInClassesThat()
            .resideOutsideOfPackage(FIELD)
            .should(new ArchCondition<JavaCodeUnit>("have no type of the field package in their signature") {
                @Override
                public void check(JavaCodeUnit codeUnit, ConditionEvents events) {
                    boolean ok = Stream.concat(
                                    codeUnit.getRawParameterTypes().stream(), Stream.of(codeUnit.getRawReturnType()))
                            .noneMatch(type -> type.getPackageName().startsWith("org.mckms.mikeysakke.reference"));
                    events.add(new SimpleConditionEvent(codeUnit, ok, codeUnit.getFullName()));
                }
            });

    @ArchTest
    static final ArchRule writesNothingToTheConsole =
            noClasses().should().dependOnClassesThat().areAssignableTo(PrintStream.class);

    @ArchTest
    static final ArchRule takesRandomnessAndTimeFromTheCaller = noClasses()
            .should()
            .callConstructor(SecureRandom.class)
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callConstructor(Random.class);
}
