package org.mckms.architecture;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mckms.kms.application.CallerlessUseCase;

/** A rule that cannot fail protects nothing. */
class ArchitectureControlTest {

    private static final JavaClasses FORBIDDEN = new ClassFileImporter()
            .importPackagesOf(CallerlessUseCase.class)
            .that(DescribedPredicate.describe(
                    "are controls", type -> type.getName().startsWith(CallerlessUseCase.class.getName())));

    static Stream<ArchRule> rules() {
        return Stream.of(
                ArchitectureTest.EVERY_USE_CASE_KNOWS_ITS_CALLER,
                ArchitectureTest.TIME_AND_RANDOMNESS_COME_FROM_THE_WIRING,
                ArchitectureTest.NOTHING_IS_PRINTED_OR_SLEPT_OR_DESERIALISED,
                ArchitectureTest.NO_STATE_IS_STATIC,
                ArchitectureTest.HOLDERS_OF_SECRETS_NEITHER_PRINT_NOR_TRAVEL);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void findsTheForbidden(ArchRule rule) {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> rule.check(FORBIDDEN))
                .withMessageContaining("CallerlessUseCase");
    }
}
