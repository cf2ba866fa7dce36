package org.mckms.kms.wiring;

import org.mckms.mikeysakke.core.SelectedSakkeCore;
import org.mckms.platform.health.Finding;

/** What the readiness probe and operators are told about the core of the arithmetic. */
final class ArithmeticState {

    private ArithmeticState() {}

    static Finding of(SelectedSakkeCore core) {
        if (!core.isReady()) {
            return Finding.down(core.choice()
                    .map(choice -> "SAKKE cannot be calculated: " + choice.reason())
                    .orElse("the tables of SAKKE are being made"));
        }
        return Finding.up("SAKKE is calculated by the core '" + core.name() + "': "
                + core.choice().map(choice -> choice.reason()).orElse("others are still being tried"));
    }
}
