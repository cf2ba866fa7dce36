package org.mckms.benchmarks.mikeysakke;

import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.mckms.benchmarks.report.Core;
import org.mckms.mikeysakke.core.CoreChoice;
import org.mckms.mikeysakke.core.SakkeCore;
import org.mckms.mikeysakke.core.SakkeCores;
import org.mckms.mikeysakke.core.ScalarSakkeCore;
import org.mckms.mikeysakke.core.SelectedSakkeCore;
import org.mckms.mikeysakke.sakke.KmsMasterSecret;
import org.mckms.mikeysakke.sakke.SakkeEncapsulator;
import org.mckms.mikeysakke.sakke.SakkeExtractor;

/**
 * The start of a process that makes keys: until its core can be used, until the tables of its KMS certificate are ready, and the first
 * extraction. Prints the milliseconds of each as properties; ends with 1 if the core asked for was not chosen.
 */
public final class ColdStartMain {
    public static final String READY = "ready";
    public static final String TABLES = "tables";
    public static final String FIRST_EXTRACTION = "firstExtraction";

    private static final double NANOSECONDS_PER_MILLISECOND = 1e6;

    private final SecureRandom random = new SecureRandom();
    private long began = System.nanoTime();

    private ColdStartMain() {}

    /** Takes the title of the core. */
    public static void main(String... arguments) {
        new ColdStartMain().measure(arguments[0]);
        System.exit(0);
    }

    private void measure(String title) {
        SakkeCore core = title.equals(Core.VECTOR.title()) ? chosenCore() : preparedScalarCore();
        took(READY);
        try (KmsMasterSecret master = SakkeDomain.randomMaster(random)) {
            SakkeEncapsulator encapsulator = new SakkeEncapsulator(core, master.publicKey());
            took(TABLES);
            SakkeExtractor extractor = new SakkeExtractor(core, random);
            extractor.extract(List.of(SakkeDomain.randomIdentity(random)), master);
            took(FIRST_EXTRACTION);
            encapsulator.encapsulate(SakkeDomain.randomSsv(random), SakkeDomain.randomIdentity(random));
        }
    }

    /** The scalar core with the tables of the parameter set, which its first use makes. */
    private SakkeCore preparedScalarCore() {
        SakkeCore core = new ScalarSakkeCore(random);
        core.multiplyGenerator(new byte[][] {SakkeDomain.randomScalar(random)});
        return core;
    }

    /** The core that a server would choose, once it has; the end of the process ends the trial's threads. */
    private SakkeCore chosenCore() {
        CompletableFuture<CoreChoice> choice = new CompletableFuture<>();
        SelectedSakkeCore core = SakkeCores.select(random, Thread::new, choice::complete);
        CoreChoice chosen = choice.join();
        if (chosen.core().equals(new ScalarSakkeCore().name())) {
            System.err.println("the vector core was not chosen: " + chosen.reason());
            System.exit(1);
        }
        return core;
    }

    private void took(String name) {
        long now = System.nanoTime();
        System.out.println(name + "=" + (now - began) / NANOSECONDS_PER_MILLISECOND);
        began = System.nanoTime();
    }
}
