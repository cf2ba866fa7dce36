package org.mckms.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupSettingsTest {
    private static final String OWN_PID = String.valueOf(ProcessHandle.current().pid());

    @Test
    void readsEveryOption() {
        assertThat(GroupSettings.of(
                        "--home", "h", "--pid", OWN_PID, "--gc-log", "gc.log", "--sizes", "7,8", "--results", "r"))
                .isEqualTo(new GroupSettings(
                        Path.of("h"), ProcessHandle.current(), Path.of("gc.log"), List.of(7, 8), Path.of("r")));
    }

    @Test
    void measuresThreeSizesUnlessTold() {
        assertThat(GroupSettings.of("--home", "h", "--pid", OWN_PID, "--gc-log", "gc.log")
                        .sizes())
                .containsExactly(100, 1_000, 10_000);
    }

    @Test
    void refusesWhatItDoesNotKnowAndWhatIsMissing() {
        refuses("--home is missing", "--pid", OWN_PID, "--gc-log", "gc.log");
        refuses("--gc-log is missing", "--home", "h", "--pid", OWN_PID);
        refuses("--pid is missing", "--home", "h", "--gc-log", "gc.log");
        refuses("unknown argument: --size", "--size", "1");
        refuses("--sizes needs a value", "--sizes");
        refuses("one member at least", "--sizes", "100,0");
    }

    private static void refuses(String sentence, String... arguments) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> GroupSettings.of(arguments))
                .withMessageContaining(sentence);
    }
}
