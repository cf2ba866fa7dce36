package org.mckms.mikeysakke.field;

import org.mckms.mikeysakke.curve.EdwardsPoint;

/** Breaks the rule that packages depend downwards only, for the control of that rule. */
public final class DependsOnTheCurve {
    private final EdwardsPoint point = new EdwardsPoint(ScalarSakkeField.INSTANCE);

    void twice() {
        point.twice(1);
    }
}
