package org.mckms.platform.jobs;

import jakarta.batch.operations.JobExecutionNotRunningException;
import jakarta.batch.operations.JobOperator;
import jakarta.batch.runtime.BatchStatus;
import jakarta.batch.runtime.context.JobContext;
import jakarta.batch.runtime.context.StepContext;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Properties;
import java.util.Set;
import org.jberet.operations.AbstractJobOperator;
import org.jberet.repository.JobExecutionSelector;
import org.jberet.repository.JobRepository;
import org.jberet.spi.JobOperatorContext;

/** Those of the batch runtime of the container, JBeret. Its repository in memory forgets nothing by itself. */
public final class ContainerExecutions implements Executions {

    private static final Set<BatchStatus> UNDER_WAY =
            EnumSet.of(BatchStatus.STARTING, BatchStatus.STARTED, BatchStatus.STOPPING);

    /** As job files name it. */
    private static final String PARTITIONS = "partitions";

    private static JobOperator operator() {
        return JobOperatorContext.getJobOperatorContext().getJobOperator();
    }

    @Override
    public long start(String job, int partitions) {
        Properties parameters = new Properties();
        parameters.setProperty(PARTITIONS, Integer.toString(partitions));
        return operator().start(job, parameters);
    }

    @Override
    public boolean isUnderWay(long execution) {
        return UNDER_WAY.contains(operator().getJobExecution(execution).getBatchStatus());
    }

    @Override
    public void stop(long execution) {
        try {
            operator().stop(execution);
        } catch (JobExecutionNotRunningException e) {
            return; // as wanted
        }
    }

    @Override
    public void forget(long execution) {
        JobOperator operator = operator();
        long instance = operator.getJobInstance(execution).getInstanceId();
        JobRepository repository = ((AbstractJobOperator) operator).getJobRepository();
        repository.removeJobExecutions(new One(execution));
        repository.removeJobInstance(instance);
    }

    /** Selects one execution; the contexts are for others than us. */
    private record One(long execution) implements JobExecutionSelector {

        @Override
        public boolean select(jakarta.batch.runtime.JobExecution candidate, Collection<Long> all) {
            return candidate.getExecutionId() == execution;
        }

        @Override
        public JobContext getJobContext() {
            return null;
        }

        @Override
        public void setJobContext(JobContext context) {}

        @Override
        public StepContext getStepContext() {
            return null;
        }

        @Override
        public void setStepContext(StepContext context) {}
    }
}
