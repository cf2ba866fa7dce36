package org.mckms.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import jakarta.ejb.Singleton;
import jakarta.ejb.Stateless;
import jakarta.persistence.Entity;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.security.KeyStore;
import java.security.Provider;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Random;
import java.util.Set;
import org.mckms.gms.application.GroupCaller;
import org.mckms.gms.application.GroupOperator;
import org.mckms.gms.application.regroup.PartnerCaller;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.kms.domain.MasterSecrets;
import org.mckms.kms.domain.OperatorIdentity;
import org.mckms.mikeysakke.eccsi.KmsSecretAuthenticationKey;
import org.mckms.mikeysakke.eccsi.SecretSigningKey;
import org.mckms.mikeysakke.sakke.KmsMasterSecret;
import org.mckms.mikeysakke.sakke.ReceiverSecretKey;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.mikeysakke.secret.SecretScalar;
import org.mckms.platform.SystemUse;
import org.mckms.platform.persistence.TransactionRunner;

/** Who may know whom in the server core, and what nobody may do. */
@AnalyzeClasses(
        packages = {"org.mckms.kms", "org.mckms.gms", "org.mckms.platform"},
        importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String KEY_MANAGEMENT = "org.mckms.kms..";
    private static final String GROUP_MANAGEMENT = "org.mckms.gms..";
    private static final String DOMAIN = "org.mckms.(kms|gms).domain..";
    private static final String APPLICATION = "org.mckms.(kms|gms).application..";
    private static final String INFRASTRUCTURE = "org.mckms.(kms|gms).infrastructure..";
    private static final String WIRING = "org.mckms.(kms|gms).wiring..";
    private static final String PLATFORM = "org.mckms.platform..";
    private static final String TOKEN_ACCESS = "org.mckms.platform.hsm..";

    private static final Set<Class<?>> SECRETS = Set.of(
            SecretOctets.class,
            SecretScalar.class,
            KmsSecretAuthenticationKey.class,
            KmsMasterSecret.class,
            SecretSigningKey.class,
            ReceiverSecretKey.class,
            MasterSecrets.class);

    private static final Set<Class<?>> CALLERS = Set.of(
            AuthenticatedIdentity.class,
            OperatorIdentity.class,
            GroupCaller.class,
            GroupOperator.class,
            PartnerCaller.class);

    @ArchTest
    static final ArchRule THE_DOMAIN_KNOWS_NO_TECHNOLOGY = noClasses()
            .that()
            .resideInAPackage(DOMAIN)
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "jakarta..", "org.hibernate..", "org.flywaydb..", "java.sql..", "javax.sql..", "javax.net.."));

    @ArchTest
    static final ArchRule THE_DOMAIN_IS_THE_CENTRE = noClasses()
            .that()
            .resideInAPackage(DOMAIN)
            .should()
            .dependOnClassesThat(resideInAnyPackage(APPLICATION, INFRASTRUCTURE, WIRING));

    @ArchTest
    static final ArchRule USE_CASES_KNOW_PORTS_ONLY = noClasses()
            .that()
            .resideInAPackage(APPLICATION)
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    INFRASTRUCTURE,
                    WIRING,
                    "jakarta.persistence..",
                    "jakarta.ws.rs..",
                    "jakarta.servlet..",
                    "java.sql.."));

    @ArchTest
    static final ArchRule INFRASTRUCTURE_SERVES_THE_DOMAIN = noClasses()
            .that()
            .resideInAPackage(INFRASTRUCTURE)
            .should()
            .dependOnClassesThat(resideInAnyPackage(APPLICATION, WIRING));

    @ArchTest
    static final ArchRule GROUP_MANAGEMENT_IS_A_CLIENT_OF_KEY_MANAGEMENT = noClasses()
            .that()
            .resideInAPackage(GROUP_MANAGEMENT)
            .should()
            .dependOnClassesThat(resideInAnyPackage(KEY_MANAGEMENT, TOKEN_ACCESS));

    @ArchTest
    static final ArchRule KEY_MANAGEMENT_KNOWS_NOTHING_OF_GROUPS = noClasses()
            .that()
            .resideInAPackage(KEY_MANAGEMENT)
            .should()
            .dependOnClassesThat(resideInAPackage(GROUP_MANAGEMENT));

    @ArchTest
    static final ArchRule THE_PLATFORM_CARRIES_AND_DOES_NOT_LOOK_UP = noClasses()
            .that()
            .resideInAPackage(PLATFORM)
            .should()
            .dependOnClassesThat(resideInAnyPackage(APPLICATION, INFRASTRUCTURE, WIRING));

    @ArchTest
    static final ArchRule SETTINGS_ARE_THE_ONLY_PART_OF_THE_PLATFORM_THAT_NAMES_THE_DOMAIN = noClasses()
            .that(resideInAPackage(PLATFORM)
                    .and(DescribedPredicate.not(resideInAPackage("org.mckms.platform.config.."))))
            .should()
            .dependOnClassesThat(resideInAPackage(DOMAIN));

    @ArchTest
    static final ArchRule ONLY_TOKEN_ACCESS_KNOWS_KEY_STORES = noClasses()
            .that(DescribedPredicate.not(resideInAPackage(TOKEN_ACCESS)))
            .should()
            .dependOnClassesThat(DescribedPredicate.or(
                    resideInAnyPackage("sun..", "com.sun..", "jdk.."), type(KeyStore.class), type(Provider.class)));

    @ArchTest
    static final ArchRule ENTITIES_STAY_WHERE_THEY_ARE = classes()
            .that()
            .areAnnotatedWith(Entity.class)
            .should()
            .bePackagePrivate()
            .andShould()
            .resideInAPackage("org.mckms.(kms|gms).infrastructure.persistence");

    @ArchTest
    static final ArchRule EVERY_USE_CASE_KNOWS_ITS_CALLER = methods()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat(describe("are use cases", ArchitectureTest::isUseCase))
            .and()
            .areNotAnnotatedWith(SystemUse.class)
            .should(nameTheCallerFirst());

    @ArchTest
    static final ArchRule ONLY_THE_TRANSACTION_PORT_USES_ITS_RUNNER = noClasses()
            .that(DescribedPredicate.not(resideInAPackage("org.mckms.platform.persistence..")))
            .should()
            .dependOnClassesThat(type(TransactionRunner.class));

    @ArchTest
    static final ArchRule TIME_AND_RANDOMNESS_COME_FROM_THE_WIRING = noClasses()
            .that(DescribedPredicate.not(resideInAPackage(WIRING)))
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone")
            .orShould()
            .callConstructor(Date.class)
            .orShould()
            .callConstructor(SecureRandom.class);

    @ArchTest
    static final ArchRule NOTHING_IS_PRINTED_OR_SLEPT_OR_DESERIALISED = noClasses()
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(Throwable.class, "printStackTrace")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .dependOnClassesThat(type(ObjectInputStream.class))
            .orShould()
            .dependOnClassesThat(type(Random.class));

    @ArchTest
    static final ArchRule NO_STATE_IS_STATIC =
            fields().that().areStatic().should().beFinal();

    @ArchTest
    static final ArchRule HOLDERS_OF_SECRETS_NEITHER_PRINT_NOR_TRAVEL = noClasses()
            .that(describe("hold a secret", ArchitectureTest::holdsSecret))
            .should()
            .beRecords()
            .orShould()
            .implement(Serializable.class);

    private static boolean isUseCase(JavaClass type) {
        return resideInAPackage(APPLICATION).test(type)
                && (type.isAnnotatedWith(Stateless.class) || type.isAnnotatedWith(Singleton.class));
    }

    private static boolean holdsSecret(JavaClass type) {
        return type.getFields().stream()
                .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                .anyMatch(field ->
                        SECRETS.stream().anyMatch(secret -> field.getRawType().isEquivalentTo(secret)));
    }

    private static ArchCondition<JavaMethod> nameTheCallerFirst() {
        return new ArchCondition<>("take who calls as first parameter") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                boolean named = !method.getRawParameterTypes().isEmpty()
                        && CALLERS.stream()
                                .anyMatch(method.getRawParameterTypes().get(0)::isEquivalentTo);
                events.add(new SimpleConditionEvent(method, named, method.getFullName()));
            }
        };
    }
}
