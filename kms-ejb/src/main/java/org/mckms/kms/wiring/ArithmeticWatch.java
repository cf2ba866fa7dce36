package org.mckms.kms.wiring;

import static java.util.Objects.requireNonNull;

import java.util.function.BooleanSupplier;
import org.mckms.mikeysakke.core.CoreChoice;
import org.mckms.mikeysakke.core.SelectedSakkeCore;
import org.mckms.platform.KmsLog;
import org.mckms.platform.health.Finding;

/**
 * Rehearses the extraction of keys, and keeps for the readiness probe whether the arithmetic is right and can begin without a wait, and
 * which core of it calculates.
 */
final class ArithmeticWatch {

    private final SelectedSakkeCore core;
    private final BooleanSupplier rehearsal;
    private volatile Finding rehearsed = Finding.down("the tables of the arithmetic are being made");

    /** @param rehearsal whether the arithmetic is right; may throw anything if not */
    ArithmeticWatch(SelectedSakkeCore core, BooleanSupplier rehearsal) {
        this.core = requireNonNull(core, "core");
        this.rehearsal = requireNonNull(rehearsal, "rehearsal");
    }

    /** To be run once, in the background. */
    void rehearse() {
        try {
            rehearsed = rehearsal.getAsBoolean() ? Finding.up("right") : failed("a key set is wrong");
        } catch (RuntimeException | ExceptionInInitializerError | NoClassDefFoundError e) { // wrong tables are one
            rehearsed = failed(e.toString());
        }
    }

    private static Finding failed(String reason) {
        KmsLog.LOG.arithmeticWrong(reason);
        return Finding.down("the arithmetic failed its self-test: " + reason);
    }

    Finding finding() {
        if (!rehearsed.up()) {
            return rehearsed;
        }
        String reason = core.choice().map(CoreChoice::reason).orElse("others are still being tried");
        return Finding.up("SAKKE is calculated by the core '" + core.name() + "': " + reason);
    }
}
