package org.mckms.client.cli;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.mckms.client.BundleJobsAdmin;
import picocli.CommandLine.Option;

/** Shows a job, and with --wait its progress until it has ended. */
final class JobWatch {
    /** For the list of a job, which may be long. */
    static final Duration UPLOAD_LIMIT = Duration.ofMinutes(5);

    private static final long POLL_MILLIS = 1000;
    private static final Set<String> ENDED = Set.of("FINISHED", "CANCELLED");

    @Option(names = "--wait", description = "wait for the end of the job and tell its progress")
    private boolean wait;

    /** @return FAILED if the job has ended and a bundle of it could not be made */
    int show(KmsctlCommand command, BundleJobsAdmin jobs, JsonObject job) {
        JsonObject last = job;
        Executor later = CompletableFuture.delayedExecutor(POLL_MILLIS, TimeUnit.MILLISECONDS);
        String id = job.getString("id");
        String told = "";
        while (wait && !hasEnded(last)) {
            CompletableFuture.runAsync(() -> {}, later).join();
            last = jobs.show(id);
            String progress = progress(last);
            if (!progress.equals(told)) {
                command.console().tell(progress);
                told = progress;
            }
        }
        new AdminResult(command).show(last);
        int failed = last.getInt("failed", 0);
        if (hasEnded(last) && failed > 0) {
            command.console().error(failed + " bundles could not be made");
            command.console().hint("`kmsctl bundle items " + id + " --state FAILED` says why");
            return ExitCode.FAILED;
        }
        return ExitCode.DONE;
    }

    private static boolean hasEnded(JsonObject job) {
        return ENDED.contains(job.getString("state", ""));
    }

    private static String progress(JsonObject job) {
        return "  " + (job.getInt("done", 0) + job.getInt("failed", 0)) + " of " + job.getInt("total", 0) + " bundles";
    }
}
