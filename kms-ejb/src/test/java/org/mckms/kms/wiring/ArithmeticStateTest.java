package org.mckms.kms.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.Test;
import org.mckms.mikeysakke.core.CoreChoice;
import org.mckms.mikeysakke.core.SakkeCores;
import org.mckms.mikeysakke.core.SelectedSakkeCore;
import org.mckms.platform.health.Finding;

class ArithmeticStateTest {

    private final BlockingQueue<CoreChoice> told = new LinkedBlockingQueue<>();

    @Test
    void isDownUntilTheTablesAreMade() {
        ThreadFactory idle = work -> new Thread(() -> {});
        try (SelectedSakkeCore core = SakkeCores.select(new SecureRandom(), idle, told::add)) {
            assertThat(ArithmeticState.of(core)).isEqualTo(Finding.down("the tables of SAKKE are being made"));
        }
    }

    @Test
    void saysWhichCoreServesAndWhy() throws InterruptedException {
        try (SelectedSakkeCore core = SakkeCores.select(new SecureRandom(), Thread::new, told::add)) {
            CoreChoice choice = told.take();
            assertThat(choice.core()).isEqualTo("scalar");
            assertThat(ArithmeticState.of(core))
                    .isEqualTo(Finding.up("SAKKE is calculated by the core 'scalar': no other core is installed"));
        }
    }
}
