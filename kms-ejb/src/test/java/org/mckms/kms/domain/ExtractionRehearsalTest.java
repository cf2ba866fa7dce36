package org.mckms.kms.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mckms.kms.domain.FaultySteps.Fault;

class ExtractionRehearsalTest {

    @Test
    void succeedsWithRightArithmetic() {
        assertThat(new ExtractionRehearsal(TestArithmetic.EXTRACTOR, TestArithmetic.RANDOM).succeeds())
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"V_OCTET", "HS_OCTET", "SSK_OCTET", "INVERSE_PLUS_ONE", "RSK_NEGATED"})
    void findsAFaultOfTheArithmetic(Fault fault) {
        assertThat(rehearsal(new FaultySteps(fault)).succeeds()).isFalse();
    }

    @Test
    void wipesWhatItMakes() {
        FaultySteps steps = new FaultySteps(Fault.NONE);
        rehearsal(steps).succeeds();
        assertThat(steps.usesOfSecrets()).isNotEmpty().allSatisfy(use -> assertThatThrownBy(use::run)
                .isInstanceOf(IllegalStateException.class));
    }

    private static ExtractionRehearsal rehearsal(ExtractionSteps steps) {
        return new ExtractionRehearsal(steps, TestArithmetic.selfCheck(), TestArithmetic.RANDOM);
    }
}
