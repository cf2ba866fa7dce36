package org.mckms.kms.wiring;

import java.util.ArrayList;
import java.util.List;
import org.mckms.platform.KmsLog;

/** The steps that end the server, in order; one that fails does not keep the others from being done. */
final class StopSequence {

    private record Step(String name, Runnable work) {}

    private final List<Step> steps = new ArrayList<>();

    /** @param name completes "could not ..." in the log */
    StopSequence then(String name, Runnable work) {
        steps.add(new Step(name, work));
        return this;
    }

    void run() {
        for (Step step : steps) {
            try {
                step.work().run();
            } catch (RuntimeException e) {
                KmsLog.LOG.stopStepFailed(step.name(), e);
            }
        }
    }
}
