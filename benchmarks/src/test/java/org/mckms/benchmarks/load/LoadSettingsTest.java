package org.mckms.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoadSettingsTest {
    private static final String THIS = String.valueOf(ProcessHandle.current().pid());

    @Test
    void takesTheOptionsOfTheScript() {
        LoadSettings settings = LoadSettings.of(
                "--home",
                "/h",
                "--pid",
                THIS,
                "--shim",
                "/s",
                "--clients",
                "10",
                "--connections",
                "2",
                "--warm-up",
                "1",
                "--seconds",
                "5",
                "--profile",
                "3",
                "--results",
                "/r");

        assertThat(settings.home()).isEqualTo(Path.of("/h"));
        assertThat(settings.shim()).contains(Path.of("/s"));
        assertThat(settings.duration()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.profile()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatIllegalArgumentException().isThrownBy(() -> LoadSettings.of("--pid", THIS));
        assertThatIllegalArgumentException().isThrownBy(() -> LoadSettings.of("--home", "/h"));
        assertThatIllegalArgumentException().isThrownBy(() -> LoadSettings.of("--clients", "0"));
        assertThatIllegalArgumentException().isThrownBy(() -> LoadSettings.of("--seconds"));
        assertThatIllegalArgumentException().isThrownBy(() -> LoadSettings.of("--speed", "9"));
    }
}
