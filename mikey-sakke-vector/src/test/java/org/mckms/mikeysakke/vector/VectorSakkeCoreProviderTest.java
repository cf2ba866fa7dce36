package org.mckms.mikeysakke.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ServiceLoader;
import jdk.incubator.vector.LongVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.mckms.mikeysakke.core.SakkeCore;
import org.mckms.mikeysakke.core.SakkeCoreProvider;

class VectorSakkeCoreProviderTest {
    private final SakkeCoreProvider provider = new VectorSakkeCoreProvider();

    @Test
    void isFoundAsAService() {
        assertThat(ServiceLoader.load(SakkeCoreProvider.class))
                .singleElement()
                .isInstanceOf(VectorSakkeCoreProvider.class)
                .extracting(SakkeCoreProvider::name)
                .isEqualTo("vector");
    }

    @Test
    void objectsWhereTheMachineHasNarrowerVectorsOnly() {
        assertThat(provider.obstacle().isEmpty()).isEqualTo(hasWideVectors());
        provider.obstacle().ifPresent(obstacle -> assertThat(obstacle).contains("512"));
    }

    @Test
    @EnabledIf("hasWideVectors")
    void makesACoreThatCalculates() {
        SakkeCore core = provider.create(new SecureRandom());
        byte[] one = new byte[128];
        one[127] = 1;
        assertThat(core.multiplyGenerator(new byte[][] {one})[0]).hasSize(257).startsWith(4);
        assertThat(core.name()).startsWith("vector of 8 lanes");
    }

    static boolean hasWideVectors() {
        return LongVector.SPECIES_PREFERRED.length() >= 8;
    }
}
