package org.mckms.it.support;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Executions of a Jakarta Batch job in a running server, as the administrator of WildFly sees them. */
public final class BatchExecutions {
    private static final String BATCH = "/deployment=kms.ear/subdeployment=kms-ejb.jar/subsystem=batch-jberet/job=";
    private static final Pattern NUMBER = Pattern.compile("\"(\\d+)\" => \\{");

    private final KmsHome home;
    private final String job;

    public BatchExecutions(KmsHome home, String job) {
        this.home = home;
        this.job = job;
    }

    /** Numbers of those that the server remembers, the newest last. */
    public List<Long> numbers() {
        Matcher matcher = NUMBER.matcher(
                ManagementCli.run(home, BATCH + job + ":read-resource(recursive=true,include-runtime=true)"));
        return matcher.results()
                .map(result -> Long.valueOf(result.group(1)))
                .sorted()
                .toList();
    }

    public int running() {
        return Integer.parseInt(result(BATCH + job + ":read-attribute(name=running-executions)"));
    }

    public String status(long execution) {
        return attribute(execution, "batch-status");
    }

    /** Asks one that runs to end. */
    public void stop(long execution) {
        ManagementCli.run(home, BATCH + job + "/execution=" + execution + ":stop-job");
    }

    /** Asks for one that was stopped to be restarted; fails if the server refuses. */
    public void restart(long execution) {
        ManagementCli.run(home, BATCH + job + "/execution=" + execution + ":restart-job");
    }

    /** How many steps each partition of one that has ended took. */
    public List<Integer> stepsOfPartitions(long execution) {
        String status = attribute(execution, "exit-status");
        String intro = "steps of workers: ";
        if (!status.startsWith(intro)) {
            throw new AssertionError("not the exit status of an execution with workers: " + status);
        }
        return List.of(status.substring(intro.length()).split(", ")).stream()
                .map(Integer::valueOf)
                .toList();
    }

    private String attribute(long execution, String name) {
        return result(BATCH + job + "/execution=" + execution + ":read-attribute(name=" + name + ")");
    }

    private String result(String command) {
        String answer = ManagementCli.run(home, command);
        Matcher result = Pattern.compile("\"result\" => \"?([^\"\\n]*)").matcher(answer);
        if (!result.find()) {
            throw new AssertionError("no result in " + answer);
        }
        return result.group(1).strip();
    }
}
