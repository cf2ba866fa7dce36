package org.mckms.platform.jobs;

import java.util.ArrayList;
import java.util.List;

/** Executions that begin and end as a test says. */
final class FakeExecutions implements Executions {

    final List<String> started = new ArrayList<>();
    final List<Long> stopped = new ArrayList<>();
    final List<Long> forgotten = new ArrayList<>();
    boolean underWay;
    boolean gone;

    @Override
    public long start(String job, int partitions) {
        started.add(job + ", " + partitions + " partitions");
        underWay = true;
        return started.size();
    }

    @Override
    public boolean isUnderWay(long execution) {
        if (gone) {
            throw new IllegalStateException("the batch runtime has been stopped");
        }
        return underWay && execution == started.size();
    }

    @Override
    public void stop(long execution) {
        stopped.add(execution);
    }

    @Override
    public void forget(long execution) {
        forgotten.add(execution);
    }
}
