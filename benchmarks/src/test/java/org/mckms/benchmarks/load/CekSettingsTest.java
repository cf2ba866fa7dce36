package org.mckms.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CekSettingsTest {
    private static final String OWN_PID = String.valueOf(ProcessHandle.current().pid());

    @Test
    void readsEveryOption() {
        String[] options = "--home h --keys 7 --sessions 8 --connections 9 --results r".split(" ");
        assertThat(CekSettings.of(Stream.concat(Stream.of("--pid", OWN_PID), Stream.of(options))
                        .toArray(String[]::new)))
                .isEqualTo(new CekSettings(Path.of("h"), ProcessHandle.current(), 7, 8, 9, Path.of("r")));
    }

    @Test
    void measuresWhatTheGoalsAreAboutUnlessTold() {
        CekSettings settings = CekSettings.of("--home", "h", "--pid", OWN_PID);

        assertThat(settings.keys()).isEqualTo(60_000);
        assertThat(settings.sessions()).isEqualTo(10_000);
        assertThat(settings.connections()).isEqualTo(32);
    }

    @Test
    void refusesWhatItDoesNotKnowAndWhatIsMissing() {
        refuses("--home is missing", "--pid", OWN_PID);
        refuses("--pid is missing", "--home", "h");
        refuses("unknown argument: --key", "--key", "1");
        refuses("--keys needs a value", "--keys");
        refuses("--sessions is 1 at least", "--sessions", "0");
    }

    private static void refuses(String sentence, String... arguments) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> CekSettings.of(arguments))
                .withMessageContaining(sentence);
    }
}
