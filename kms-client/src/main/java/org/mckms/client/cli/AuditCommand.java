package org.mckms.client.cli;

import jakarta.json.JsonStructure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.mckms.client.AdminClient;
import org.mckms.protocol.audit.AuditEvent;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kmsctl audit} and its verbs. */
@Command(
        name = "audit",
        description = "List, export and verify the audit trail.",
        subcommands = {AuditCommand.List.class, AuditCommand.Export.class, AuditVerifyCommand.class},
        footer = {"", "Example: kmsctl audit export audit-copy && kmsctl audit verify audit-copy"})
final class AuditCommand implements Runnable {
    static final String RECORDS = "records.ndjson";
    static final String CHECKPOINTS = "checkpoints.ndjson";
    static final String CERTIFICATE = "certificate.pem";

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: list, export or verify");
    }

    /** {@code kmsctl audit list}. */
    @Command(
            name = "list",
            description = "List audit records.",
            footer = {"", "Example: kmsctl audit list --event KEYS_PROVISIONED --limit 20"})
    static final class List extends KmsctlCommand {
        @Option(names = "--after", paramLabel = "POSITION", description = "go on behind this record")
        private String after;

        @Option(names = "--limit", paramLabel = "N", description = "at most so many (default: 50)")
        private int limit = 50;

        @Option(names = "--event", paramLabel = "NAME", description = "only this event, for example KEYS_PROVISIONED")
        private AuditEvent event;

        @Mixin
        private AdminOptions admin;

        @Override
        public Integer call() {
            AdminClient client = admin.client(home(), "auditor");
            JsonStructure answer = context()
                    .progress(
                            "asking for audit records",
                            () -> client.auditRecords(
                                    Optional.ofNullable(after),
                                    limit,
                                    Optional.ofNullable(event).map(Enum::name)));
            new AdminResult(this)
                    .showList(
                            answer,
                            "no audit record",
                            "position",
                            "time",
                            "node",
                            "chain",
                            "sequence",
                            "event",
                            "outcome",
                            "actor",
                            "subject",
                            "details");
            return ExitCode.DONE;
        }
    }

    /** {@code kmsctl audit export}. */
    @Command(
            name = "export",
            description = "Save all audit records, checkpoints and the audit certificate into a folder.",
            footer = {"", "Example: kmsctl audit export audit-copy"})
    static final class Export extends KmsctlCommand {
        @Parameters(paramLabel = "DIR", description = "folder to write to; made if it is not there")
        private Path directory;

        @Mixin
        private AdminOptions admin;

        @Override
        public Integer call() throws IOException {
            AdminClient client = admin.client(home(), "auditor");
            Files.createDirectories(directory);
            // Checkpoints first: every head they name is then in the records fetched afterwards.
            context().progress("saving checkpoints", () -> client.exportCheckpoints(directory.resolve(CHECKPOINTS)));
            context().progress("saving records", () -> client.exportAudit(directory.resolve(RECORDS)));
            context()
                    .progress(
                            "saving the certificate",
                            () -> client.exportAuditCertificate(directory.resolve(CERTIFICATE)));
            FileList.show(
                    this, directory.resolve(RECORDS), directory.resolve(CHECKPOINTS), directory.resolve(CERTIFICATE));
            return ExitCode.DONE;
        }
    }
}
