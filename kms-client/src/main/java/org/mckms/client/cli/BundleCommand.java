package org.mckms.client.cli;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.mckms.client.BundleJobsAdmin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kmsctl bundle} and its verbs. */
@Command(
        name = "bundle",
        description = "Have provisioning bundles made for many users.",
        subcommands = {
            BundleCommand.Start.class,
            BundleCommand.Status.class,
            BundleCommand.List.class,
            BundleCommand.Items.class,
            BundleDownloadCommand.class,
            BundleCommand.Cancel.class,
            BundleCommand.Remove.class
        },
        footer = {"", "Example: kmsctl bundle start users.csv --to 2026-12-31 --reason rollout --wait"})
final class BundleCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "say what to do: start, status, list, items, download, cancel or remove");
    }

    /** {@code kmsctl bundle start}. */
    @Command(
            name = "start",
            description = "Start a job for the users of a list.",
            footer = {
                "",
                "The list has one URI per line, or URI,DEVICE; it is sent as it is read.",
                "Example: kmsctl bundle start users.csv --from 2026-12-01 --to 2027-02-28 --reason \"winter\""
            })
    static final class Start extends KmsctlCommand {
        @Parameters(paramLabel = "LIST", description = "file with the users")
        private Path list;

        @Option(names = "--from", paramLabel = "TIME", description = "a time in the first key period (default: now)")
        private String from;

        @Option(names = "--to", paramLabel = "TIME", description = "a time in the last key period (default: the first)")
        private String to;

        @Mixin
        private Reason reason;

        @Mixin
        private JobWatch watch;

        @Mixin
        private AdminOptions admin;

        @Override
        public Integer call() {
            BundleJobsAdmin.Order order =
                    new BundleJobsAdmin.Order(time(from, "--from"), time(to, "--to"), reason.text());
            BundleJobsAdmin jobs = admin.client(home(), "officer").bundleJobs();
            JsonObject started = context()
                    .progress(
                            "sending the list", () -> jobs.start(order, list, admin.timeoutOr(JobWatch.UPLOAD_LIMIT)));
            return watch.show(this, jobs, started);
        }

        private static Optional<Instant> time(String text, String option) {
            return Optional.ofNullable(text).map(value -> Texts.instant(value, option));
        }
    }

    /** {@code kmsctl bundle status}. */
    @Command(
            name = "status",
            description = "Show how far a job has come.",
            footer = {"", "Example: kmsctl bundle status 7d5c... --wait"})
    static final class Status extends KmsctlCommand {
        @Parameters(paramLabel = "JOB", description = "id of the job")
        private String id;

        @Mixin
        private JobWatch watch;

        @Mixin
        private AdminOptions admin;

        @Override
        public Integer call() {
            BundleJobsAdmin jobs = admin.client(home(), "officer").bundleJobs();
            return watch.show(this, jobs, context().progress("asking for the job", () -> jobs.show(id)));
        }
    }

    /** {@code kmsctl bundle list}. */
    @Command(
            name = "list",
            description = "List the newest jobs.",
            footer = {"", "Example: kmsctl bundle list"})
    static final class List extends KmsctlCommand {
        @Option(names = "--limit", paramLabel = "N", description = "at most so many (default: 50)")
        private int limit = 50;

        @Mixin
        private AdminOptions admin;

        @Override
        public Integer call() {
            BundleJobsAdmin jobs = admin.client(home(), "officer").bundleJobs();
            new AdminResult(this)
                    .showList(
                            context().progress("asking for the jobs", () -> jobs.list(limit)),
                            "no job",
                            "id",
                            "state",
                            "total",
                            "done",
                            "failed",
                            "firstPeriod",
                            "lastPeriod",
                            "startedAt",
                            "endedAt",
                            "officer",
                            "reason");
            return ExitCode.DONE;
        }
    }

    /** {@code kmsctl bundle items}. */
    @Command(
            name = "items",
            description = "List the bundles of a job, in the order of its list.",
            footer = {"", "Example: kmsctl bundle items 7d5c... --state FAILED"})
    static final class Items extends KmsctlCommand {
        @Parameters(paramLabel = "JOB", description = "id of the job")
        private String id;

        @Option(names = "--state", paramLabel = "STATE", description = "only those: OPEN, DONE or FAILED")
        private String state;

        @Option(names = "--after", paramLabel = "N", description = "go on behind this number")
        private Integer after;

        @Option(names = "--limit", paramLabel = "N", description = "at most so many (default: 50)")
        private int limit = 50;

        @Mixin
        private AdminOptions admin;

        @Override
        public Integer call() {
            BundleJobsAdmin jobs = admin.client(home(), "officer").bundleJobs();
            new AdminResult(this)
                    .showList(
                            context()
                                    .progress(
                                            "asking for the bundles",
                                            () -> jobs.items(
                                                    id, Optional.ofNullable(after), limit, Optional.ofNullable(state))),
                            "no such bundle",
                            "number",
                            "user",
                            "device",
                            "state",
                            "failure",
                            "sha256");
            return ExitCode.DONE;
        }
    }

    /** {@code kmsctl bundle cancel}. */
    @Command(
            name = "cancel",
            description = "End a job; bundles that are made stay.",
            footer = {"", "Example: kmsctl bundle cancel 7d5c..."})
    static final class Cancel extends KmsctlCommand {
        @Parameters(paramLabel = "JOB", description = "id of the job")
        private String id;

        @Mixin
        private AdminOptions admin;

        @Override
        public Integer call() {
            BundleJobsAdmin jobs = admin.client(home(), "officer").bundleJobs();
            new AdminResult(this).show("the job is cancelled", context().progress("cancelling", () -> jobs.cancel(id)));
            return ExitCode.DONE;
        }
    }

    /** {@code kmsctl bundle remove}. */
    @Command(
            name = "remove",
            description = "Forget a job that has ended, and delete its bundles.",
            footer = {"", "Example: kmsctl bundle remove 7d5c..."})
    static final class Remove extends KmsctlCommand {
        @Parameters(paramLabel = "JOB", description = "id of the job")
        private String id;

        @Mixin
        private AdminOptions admin;

        @Override
        public Integer call() {
            BundleJobsAdmin jobs = admin.client(home(), "officer").bundleJobs();
            context().progress("removing", () -> jobs.remove(id));
            if (!json()) {
                console().print("the job and its bundles are removed");
            }
            return ExitCode.DONE;
        }
    }
}
