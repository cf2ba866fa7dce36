package org.mckms.kms.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mckms.mikeysakke.core.CoreChoice;
import org.mckms.mikeysakke.core.SakkeCores;
import org.mckms.mikeysakke.core.SelectedSakkeCore;
import org.mckms.platform.health.Finding;

class ArithmeticWatchTest {

    private final BlockingQueue<CoreChoice> told = new LinkedBlockingQueue<>();
    private SelectedSakkeCore core = core(work -> new Thread(() -> {}));

    private SelectedSakkeCore core(ThreadFactory threads) {
        return SakkeCores.select(new SecureRandom(), threads, told::add);
    }

    @AfterEach
    void close() {
        core.close();
    }

    @Test
    void isDownBeforeTheRehearsal() {
        ArithmeticWatch watch = new ArithmeticWatch(core, () -> true);
        assertThat(watch.finding()).isEqualTo(Finding.down("the tables of the arithmetic are being made"));
    }

    @Test
    void isUpWhileCoresAreTried() {
        ArithmeticWatch watch = new ArithmeticWatch(core, () -> true);
        watch.rehearse();
        assertThat(watch.finding())
                .isEqualTo(Finding.up("SAKKE is calculated by the core 'scalar': others are still being tried"));
    }

    @Test
    void saysWhichCoreServesAndWhy() throws InterruptedException {
        core = core(Thread::new);
        ArithmeticWatch watch = new ArithmeticWatch(core, () -> true);
        watch.rehearse();
        assertThat(told.take().core()).isEqualTo("scalar");
        assertThat(watch.finding())
                .isEqualTo(Finding.up("SAKKE is calculated by the core 'scalar': no other core is installed"));
    }

    @Test
    void staysDownIfAKeySetIsWrong() {
        ArithmeticWatch watch = new ArithmeticWatch(core, () -> false);
        watch.rehearse();
        assertThat(watch.finding()).isEqualTo(Finding.down("the arithmetic failed its self-test: a key set is wrong"));
    }

    @Test
    void staysDownIfTheArithmeticBreaks() {
        ArithmeticWatch watch = new ArithmeticWatch(core, () -> {
            throw new ExceptionInInitializerError("a table is wrong");
        });
        watch.rehearse();
        assertThat(watch.finding().up()).isFalse();
        assertThat(watch.finding().sentence()).contains("a table is wrong");
    }
}
