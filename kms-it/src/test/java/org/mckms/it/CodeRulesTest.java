package org.mckms.it;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.math.BigInteger;
import java.util.Date;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What no class of the product may do, whichever module it belongs to. */
class CodeRulesTest {
    private static final DescribedPredicate<JavaClass> SECRET_HOLDER = describe(
            "hold a secret",
            type -> type.isAssignableTo(AutoCloseable.class)
                    && (type.getPackageName().startsWith("org.mckms.mikeysakke")
                            || type.getPackageName().equals("org.mckms.kms.domain")
                            || type.getName().equals("org.mckms.protocol.message.KmsKeySet")));

    @Test
    void onlyTheCommandLineWritesToTheConsole() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.mckms.client.cli..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(ModuleClasses.ALL);
    }

    @Test
    void nobodyPrintsStackTraces() {
        noClasses().should().callMethod(Throwable.class, "printStackTrace").check(ModuleClasses.ALL);
    }

    @Test
    void nobodyDeserialisesJavaObjects() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ObjectInputStream.class)
                .check(ModuleClasses.ALL);
    }

    @Test
    void randomnessIsSecure() {
        noClasses().should().callConstructor(Random.class).check(ModuleClasses.ALL);
        noClasses().should().callConstructor(Random.class, long.class).check(ModuleClasses.ALL);
        noClasses().should().callMethod(Math.class, "random").check(ModuleClasses.ALL);
    }

    @Test
    void timeIsNotAsked() {
        noClasses().should().callConstructor(Date.class).check(ModuleClasses.ALL);
    }

    @Test
    void testsDoNotSleep() {
        noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", long.class, int.class)
                .check(ModuleClasses.tests());
    }

    @Test
    void integersAreNotWrittenWithSignOctets() {
        noClasses().should().callMethod(BigInteger.class, "toByteArray").check(ModuleClasses.LIBRARY);
    }

    @Test
    void holdersOfSecretsAreNeitherRecordsNorSerialisable() {
        classes()
                .that(SECRET_HOLDER)
                .should()
                .notBeRecords()
                .andShould()
                .notBeAssignableTo(Serializable.class)
                .check(ModuleClasses.ALL);
    }

    @Test
    void useCasesAskForTheCallerFirst() {
        methods()
                .that()
                .arePublic()
                .and()
                .areNotStatic()
                .and()
                .areDeclaredInClassesThat()
                .resideInAPackage("org.mckms.(kms|gms).application..")
                .and()
                .areDeclaredInClassesThat()
                .areAnnotatedWith("jakarta.ejb.Stateless")
                .should(takeTheCallerFirst())
                .check(ModuleClasses.CORE);
    }

    private static ArchCondition<JavaMethod> takeTheCallerFirst() {
        return new ArchCondition<>("take the identity of the caller as their first argument") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                String name = method.getOwner().getFullName() + "." + method.getName();
                boolean identified = !method.getRawParameterTypes().isEmpty()
                        && Set.of(
                                        "AuthenticatedIdentity",
                                        "OperatorIdentity",
                                        "GroupCaller",
                                        "GroupOperator",
                                        "PartnerCaller")
                                .contains(method.getRawParameterTypes().get(0).getSimpleName());
                if (!identified && !method.isAnnotatedWith("org.mckms.platform.SystemUse")) {
                    events.add(SimpleConditionEvent.violated(method, name + " does not ask who calls"));
                }
            }
        };
    }
}
