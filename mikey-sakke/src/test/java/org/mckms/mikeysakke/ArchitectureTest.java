package org.mckms.mikeysakke;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.members;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
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
import java.util.Set;
import java.util.stream.Stream;
import org.mckms.mikeysakke.core.Encapsulation;
import org.mckms.mikeysakke.core.SakkeCore;
import org.mckms.mikeysakke.curve.EdwardsPoint;
import org.mckms.mikeysakke.curve.P256Point;

@AnalyzeClasses(packages = "org.mckms.mikeysakke", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String FIELD = "org.mckms.mikeysakke.field";
    private static final String CURVE = "org.mckms.mikeysakke.curve";
    private static final String PAIRING = "org.mckms.mikeysakke.pairing";
    private static final String CORE = "org.mckms.mikeysakke.core";
    private static final String SAKKE = "org.mckms.mikeysakke.sakke";
    private static final String ECCSI = "org.mckms.mikeysakke.eccsi";

    /** Where secrets are calculated with. */
    private static final Set<String> ARITHMETIC = Set.of(FIELD, CURVE, PAIRING, CORE);

    /** A type that is closed to wipe it, or a point or encapsulation, which somebody else wipes. */
    private static final DescribedPredicate<JavaClass> HOLDING_A_SECRET = DescribedPredicate.describe(
            "a secret",
            type -> type.getPackageName().startsWith("org.mckms.mikeysakke")
                    && (type.isAssignableTo(AutoCloseable.class)
                            || type.isEquivalentTo(Encapsulation.class)
                            || type.isEquivalentTo(EdwardsPoint.class)
                            || type.isEquivalentTo(P256Point.class)));

    @ArchTest
    static final ArchRule needsTheJdkOnly = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "javax.crypto..", "org.mckms.mikeysakke..");

    @ArchTest
    static final ArchRule usesNoBigInteger =
            noClasses().should().dependOnClassesThat().belongToAnyOf(BigInteger.class);

    @ArchTest
    static final ArchRule dependsDownwardsOnly = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("field")
            .definedBy(FIELD)
            .layer("curve")
            .definedBy(CURVE)
            .layer("pairing")
            .definedBy(PAIRING)
            .layer("core")
            .definedBy(CORE)
            .layer("schemes")
            .definedBy(SAKKE, ECCSI)
            .whereLayer("schemes")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("core")
            .mayOnlyBeAccessedByLayers("schemes")
            .whereLayer("pairing")
            .mayOnlyBeAccessedByLayers("core", "schemes")
            .whereLayer("curve")
            .mayOnlyBeAccessedByLayers("pairing", "core", "schemes");

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
    static final ArchRule keepsArithmeticOutOfThePublicApi = members()
            .that()
            .arePublic()
            .or()
            .areProtected()
            .and()
            .areDeclaredInClassesThat()
            .arePublic()
            .and()
            .areDeclaredInClassesThat()
            .resideOutsideOfPackages(FIELD, CURVE, PAIRING, CORE)
            .should(new ArchCondition<JavaMember>("have no type of arithmetic in their signature") {
                @Override
                public void check(JavaMember member, ConditionEvents events) {
                    boolean ok = typesIn(member).noneMatch(ArchitectureTest::isOfArithmetic);
                    events.add(new SimpleConditionEvent(member, ok, member.getFullName()));
                }
            });

    @ArchTest
    static final ArchRule derivesNoPublicTypeFromArithmetic = classes()
            .that()
            .arePublic()
            .and()
            .resideOutsideOfPackages(FIELD, CURVE, PAIRING, CORE)
            .should(new ArchCondition<JavaClass>("neither extend nor implement a type of arithmetic") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    boolean ok = Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream())
                            .flatMap(parent -> parent.getAllInvolvedRawTypes().stream())
                            .noneMatch(ArchitectureTest::isOfArithmetic);
                    events.add(new SimpleConditionEvent(type, ok, type.getFullName()));
                }
            });

    /** The types of a field, or those that a method takes, returns and throws, with their type arguments. */
    private static Stream<JavaClass> typesIn(JavaMember member) {
        if (member instanceof JavaField field) {
            return field.getAllInvolvedRawTypes().stream();
        }
        JavaCodeUnit codeUnit = (JavaCodeUnit) member;
        return Stream.concat(codeUnit.getAllInvolvedRawTypes().stream(), codeUnit.getExceptionTypes().stream());
    }

    /** Of those of the cores, callers know {@link SakkeCore} only. */
    private static boolean isOfArithmetic(JavaClass type) {
        JavaClass element = type.getBaseComponentType();
        return ARITHMETIC.contains(element.getPackageName()) && !element.isEquivalentTo(SakkeCore.class);
    }

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
