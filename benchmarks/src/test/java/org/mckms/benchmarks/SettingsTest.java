package org.mckms.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mckms.benchmarks.report.Core;

class SettingsTest {
    @Test
    void measuresEverythingButTheVectorCoreUnlessToldOtherwise() {
        Settings settings = Settings.of();

        assertThat(settings.effort()).isEqualTo(Effort.FULL);
        assertThat(settings.cores()).containsExactly(Core.SCALAR);
        assertThat(settings.selects("anything")).isTrue();
    }

    @Test
    void takesItsArgumentsInAnyOrder() {
        Settings settings = Settings.of("--rounds", "5", "--vector", "--only", "ECCSI|g", "--quick", "--results", "x");

        assertThat(settings.effort()).isEqualTo(Effort.QUICK.withRounds(5));
        assertThat(settings.cores()).isEqualTo(List.of(Core.SCALAR, Core.VECTOR));
        assertThat(settings.selects("ECCSI signature")).isTrue();
        assertThat(settings.selects("RSK")).isFalse();
        assertThat(settings.folder()).isEqualTo(Path.of("x"));
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatIllegalArgumentException().isThrownBy(() -> Settings.of("--fast"));
        assertThatIllegalArgumentException().isThrownBy(() -> Settings.of("--rounds"));
        assertThatIllegalArgumentException().isThrownBy(() -> Settings.of("--rounds", "many"));
        assertThatIllegalArgumentException().isThrownBy(() -> Settings.of("--rounds", "0"));
    }
}
