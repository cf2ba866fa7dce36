package org.mckms.client.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.mckms.client.BundleJobsAdmin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kmsctl bundle download}. */
@Command(
        name = "download",
        description = "Save the bundles of a job that has ended, all in one ZIP archive or one of them.",
        footer = {
            "",
            "Examples: kmsctl bundle download 7d5c... --output bundles.zip",
            "          kmsctl bundle download 7d5c... --number 1 --output alice.bundle"
        })
final class BundleDownloadCommand extends KmsctlCommand {
    @Parameters(paramLabel = "JOB", description = "id of the job")
    private String id;

    @Option(names = "--number", paramLabel = "N", description = "only the bundle of this number in the list of the job")
    private Integer number;

    @Option(names = "--output", paramLabel = "FILE", required = true, description = "where it goes")
    private Path file;

    @Mixin
    private AdminOptions admin;

    @Override
    public Integer call() throws IOException {
        BundleJobsAdmin jobs = admin.client(home(), "officer").bundleJobs();
        context().progress("downloading", () -> {
            if (number == null) {
                jobs.archive(id, file);
            } else {
                jobs.bundle(id, number, file);
            }
        });
        FileList.show(this, file);
        return ExitCode.DONE;
    }
}
