package org.mckms.kms.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EpochRulesTest {

    @Test
    void aProductionServerHasNoDevelopmentEpoch() {
        EpochRules rules = new EpochRules(true, false);

        assertThat(rules.objection(EpochPurpose.DEVELOPMENT)).isPresent();
        assertThat(rules.objection(EpochPurpose.PRODUCTION)).isEmpty();
    }

    @Test
    void aPinInTheEnvironmentHasNoProductionEpoch() {
        EpochRules rules = new EpochRules(false, true);

        assertThat(rules.objection(EpochPurpose.PRODUCTION)).isPresent();
        assertThat(rules.objection(EpochPurpose.DEVELOPMENT)).isEmpty();
    }

    @Test
    void aDevelopmentServerMayHaveBoth() {
        EpochRules rules = new EpochRules(false, false);

        assertThat(rules.objection(EpochPurpose.PRODUCTION)).isEmpty();
        assertThat(rules.objection(EpochPurpose.DEVELOPMENT)).isEmpty();
    }
}
