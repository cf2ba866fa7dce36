package org.mckms.platform.jobs;

import jakarta.batch.api.partition.AbstractPartitionAnalyzer;
import jakarta.batch.runtime.BatchStatus;
import jakarta.batch.runtime.context.JobContext;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;

/** Writes into the exit status of an execution how much each of its workers did. */
@Named("stepsOfWorkers")
@Dependent
public class StepsOfWorkers extends AbstractPartitionAnalyzer {

    @Inject
    JobContext context;

    private final List<String> steps = new ArrayList<>();

    @Override
    public void analyzeStatus(BatchStatus status, String exitStatus) {
        steps.add(exitStatus);
        context.setExitStatus("steps of workers: " + String.join(", ", steps));
    }
}
