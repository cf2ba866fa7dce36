package org.mckms.client.cli;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.mckms.client.GroupManagerClient;
import picocli.CommandLine.Option;

/** Shows a job of a group, and with --wait its progress until it has ended or is paused. */
final class GroupJobWatch {
    private static final long POLL_MILLIS = 1000;
    private static final Set<String> STANDS = Set.of("FINISHED", "CANCELLED", "PAUSED");

    @Option(names = "--wait", description = "wait for the end of the job and tell its progress")
    private boolean wait;

    /** Tells people what was done, and shows the job. */
    int show(KmsctlCommand command, GroupManagerClient client, String sentence, JsonObject job) {
        JsonObject last = job;
        Executor later = CompletableFuture.delayedExecutor(POLL_MILLIS, TimeUnit.MILLISECONDS);
        String id = job.getString("id");
        String told = "";
        while (wait && !STANDS.contains(last.getString("state", ""))) {
            CompletableFuture.runAsync(() -> {}, later).join();
            last = client.job(id);
            String progress = progress(last);
            if (!progress.equals(told)) {
                command.console().tell(progress);
                told = progress;
            }
        }
        new AdminResult(command).show(sentence, last);
        return ExitCode.DONE;
    }

    private static String progress(JsonObject job) {
        String left = job.get("secondsLeft") instanceof JsonNumber seconds ? ", " + seconds + " s left" : "";
        return "  " + job.getInt("done", 0) + " of " + job.getInt("total", 0) + " messages" + left;
    }
}
