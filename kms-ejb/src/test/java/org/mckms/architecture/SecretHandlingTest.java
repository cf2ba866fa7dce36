package org.mckms.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.mckms.mikeysakke.eccsi.KmsSecretAuthenticationKey;
import org.mckms.mikeysakke.eccsi.SecretSigningKey;
import org.mckms.mikeysakke.sakke.KmsMasterSecret;
import org.mckms.mikeysakke.sakke.ReceiverSecretKey;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.mikeysakke.secret.SecretScalar;

/** How the domain and the vault may handle masters and keys: in arrays that are wiped, compared without an early exit. */
@AnalyzeClasses(
        packages = {"org.mckms.kms.domain", "org.mckms.kms.infrastructure.vault", "org.mckms.platform.datakey"},
        importOptions = DoNotIncludeTests.class)
class SecretHandlingTest {

    private static final Set<Class<?>> HOLDERS = Set.of(
            SecretOctets.class,
            SecretScalar.class,
            KmsSecretAuthenticationKey.class,
            KmsMasterSecret.class,
            SecretSigningKey.class,
            ReceiverSecretKey.class);

    private static final Set<String> BOXES =
            Set.of("java.lang.Byte", "java.lang.Short", "java.lang.Integer", "java.lang.Long");

    private static final Set<String> EARLY_EXITS =
            Set.of("equals", "compare", "compareUnsigned", "mismatch", "deepEquals");

    @ArchTest
    static final ArchRule NUMBERS_OF_VARIABLE_LENGTH_ARE_NOT_USED =
            noClasses().should().dependOnClassesThat().belongToAnyOf(BigInteger.class);

    @ArchTest
    static final ArchRule ARRAYS_ARE_COMPARED_WITHOUT_AN_EARLY_EXIT = noClasses()
            .should()
            .callCodeUnitWhere(targetIs("that stops at the first difference", SecretHandlingTest::exitsEarly));

    @ArchTest
    static final ArchRule OCTETS_ARE_NOT_WRITTEN_AS_TEXT = noClasses()
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(HexFormat.class)
            .orShould()
            .callCodeUnitWhere(targetIs(
                    "that writes an array",
                    target -> isOf(target, Arrays.class) && target.getName().equals("toString")));

    @ArchTest
    static final ArchRule WHOEVER_USES_A_SECRET_BOXES_NOTHING = noClasses()
            .that(DescribedPredicate.describe("use a secret", SecretHandlingTest::usesSecret))
            .should()
            .callCodeUnitWhere(targetIs(
                    "that boxes a number",
                    target -> BOXES.contains(target.getOwner().getName())
                            && target.getName().equals("valueOf")));

    private static DescribedPredicate<JavaCall<?>> targetIs(
            String description, Predicate<CodeUnitCallTarget> predicate) {
        return DescribedPredicate.describe(description, call -> predicate.test(call.getTarget()));
    }

    /** {@code Objects.equals} of values is fine, of arrays it is not meant. */
    private static boolean exitsEarly(CodeUnitCallTarget target) {
        return (isOf(target, Arrays.class) && EARLY_EXITS.contains(target.getName()))
                || (isOf(target, Objects.class) && target.getName().equals("deepEquals"));
    }

    private static boolean isOf(CodeUnitCallTarget target, Class<?> owner) {
        return target.getOwner().isEquivalentTo(owner);
    }

    private static boolean usesSecret(JavaClass type) {
        return type.getDirectDependenciesFromSelf().stream().anyMatch(dependency -> HOLDERS.stream()
                .anyMatch(holder -> dependency.getTargetClass().isEquivalentTo(holder)));
    }
}
