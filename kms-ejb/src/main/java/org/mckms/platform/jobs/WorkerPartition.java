package org.mckms.platform.jobs;

import jakarta.batch.api.Batchlet;
import jakarta.batch.runtime.context.JobContext;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.literal.NamedLiteral;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** A partition of a batch job: one worker. Its exit status is the number of its steps. */
@Named("worker")
@Dependent
public class WorkerPartition implements Batchlet {

    @Inject
    JobContext context;

    @Inject
    @Any
    Instance<NodeJob> jobs;

    private NodeJob job() {
        return jobs.select(NamedLiteral.of(context.getJobName())).get();
    }

    @Override
    public String process() {
        return Integer.toString(job().work(context.getExecutionId()));
    }

    @Override
    public void stop() {
        job().stop(context.getExecutionId());
    }
}
