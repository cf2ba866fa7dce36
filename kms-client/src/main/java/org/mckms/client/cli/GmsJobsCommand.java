package org.mckms.client.cli;

import jakarta.json.JsonObject;
import org.mckms.client.GroupManagerClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kmsctl gms jobs} and its verbs. */
@Command(
        name = "jobs",
        description = "Show, pause, resume and cancel the jobs that make messages for members.",
        subcommands = {
            GmsJobsCommand.Show.class,
            GmsJobsCommand.Pause.class,
            GmsJobsCommand.Resume.class,
            GmsJobsCommand.Cancel.class
        },
        footer = {"", "Example: kmsctl gms jobs show 7d5c... --wait"})
final class GmsJobsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: show, pause, resume or cancel");
    }

    /** One call about one job. */
    private abstract static class OfJob extends GmsManagerCommand {
        @Parameters(paramLabel = "JOB", description = "id of the job")
        private String id;

        @Mixin
        private GroupJobWatch watch;

        private final String sentence;

        OfJob(String sentence) {
            this.sentence = sentence;
        }

        abstract JsonObject call(GroupManagerClient client, String id);

        @Override
        public final Integer call() {
            return start("asking for the job", watch, sentence, client -> call(client, id));
        }
    }

    /** {@code kmsctl gms jobs show}. */
    @Command(
            name = "show",
            description = "Show how far a job has come.",
            footer = {"", "Example: kmsctl gms jobs show 7d5c... --wait"})
    static final class Show extends OfJob {
        Show() {
            super("the job");
        }

        @Override
        JsonObject call(GroupManagerClient client, String id) {
            return client.job(id);
        }
    }

    /** {@code kmsctl gms jobs pause}. */
    @Command(
            name = "pause",
            description = "Let a job rest; messages that are made stay.",
            footer = {"", "Example: kmsctl gms jobs pause 7d5c..."})
    static final class Pause extends OfJob {
        Pause() {
            super("the job rests");
        }

        @Override
        JsonObject call(GroupManagerClient client, String id) {
            return client.pauseJob(id);
        }
    }

    /** {@code kmsctl gms jobs resume}. */
    @Command(
            name = "resume",
            description = "Let a job that rests go on.",
            footer = {"", "Example: kmsctl gms jobs resume 7d5c... --wait"})
    static final class Resume extends OfJob {
        Resume() {
            super("the job goes on");
        }

        @Override
        JsonObject call(GroupManagerClient client, String id) {
            return client.resumeJob(id);
        }
    }

    /** {@code kmsctl gms jobs cancel}. */
    @Command(
            name = "cancel",
            description = "End a job; messages that it has not made are made when their members ask for their keys.",
            footer = {"", "Example: kmsctl gms jobs cancel 7d5c..."})
    static final class Cancel extends OfJob {
        Cancel() {
            super("the job is cancelled");
        }

        @Override
        JsonObject call(GroupManagerClient client, String id) {
            return client.cancelJob(id);
        }
    }
}
