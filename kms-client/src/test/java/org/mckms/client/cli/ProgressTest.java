package org.mckms.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final long LONGEST_WAIT_SECONDS = 30;

    @Test
    void saysNothingOfQuickWork() {
        StringWriter err = new StringWriter();

        String result = context(err).progress("quick work", () -> "done");

        assertThat(result).isEqualTo("done");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void saysWhatSlowWorkIsWaitingFor() {
        CountDownLatch told = new CountDownLatch(1);
        StringWriter err = new StringWriter() {
            @Override
            public void write(String text) {
                super.write(text);
                told.countDown();
            }

            @Override
            public void write(String text, int offset, int length) {
                super.write(text, offset, length);
                told.countDown();
            }
        };

        Boolean wasTold = context(err).progress("slow work", () -> await(told));

        assertThat(wasTold).isTrue();
        assertThat(err.toString()).startsWith("slow work ... ");
    }

    @Test
    void passesFailuresOn() {
        assertThatThrownBy(() -> context(new StringWriter()).progress("work", () -> {
                    throw new CommandFailedException("no");
                }))
                .isInstanceOf(CommandFailedException.class);
    }

    private static boolean await(CountDownLatch told) {
        try {
            return told.await(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static CliContext context(Writer err) {
        Console console = new Console(
                new PrintWriter(new StringWriter()),
                new PrintWriter(err),
                InputStream.nullInputStream(),
                question -> Optional.empty());
        return new CliContext(console, Clock.systemUTC(), new SecureRandom(), Map.of());
    }
}
