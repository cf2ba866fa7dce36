package org.mckms.client.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root of the command line; {@link #main} is the entry of {@code kmsctl.jar}. */
@Command(
        name = "kmsctl",
        version = "kmsctl 1.0.0 (TS 33.180 annex D; RFC 6507, RFC 6508)",
        description = "Runs a key management server (KMS) and fetches, checks and shows keys of it.",
        synopsisHeading = "Usage: ",
        optionListHeading = "%nOptions of every command:%n",
        sortOptions = false,
        usageHelpAutoWidth = false,
        usageHelpWidth = 110,
        footer = {
            "",
            "Example: kmsctl keyprov --key-store alice",
            "Exit code: 0 done, 1 refused or failed, 2 wrong use. Help on a command: kmsctl COMMAND --help"
        },
        subcommands = {
            InitCommand.class,
            KeyProvCommand.class,
            CertCacheCommand.class,
            CertCommand.class,
            LookupCommand.class,
            RedirectCommand.class,
            ImportRegistrationCommand.class,
            ImportBundleCommand.class,
            KeyStoreCommand.class,
            DemoCommand.class,
            StatusCommand.class,
            CeremonyCommand.class,
            CompleteTokenCommand.class,
            ActivateCommand.class,
            DeactivateCommand.class,
            EpochsCommand.class,
            IdentitiesCommand.class,
            ClientKeysCommand.class,
            BundleCommand.class,
            GmsCommand.class,
            CekCommand.class,
            ServeCommand.class,
            PartnerCommand.class,
            CertificateCommand.class,
            BlockCommand.class,
            UnblockCommand.class,
            CeksCommand.class,
            DeliveriesCommand.class,
            AuditCommand.class,
            DecodeCommand.class,
            SmimeCommand.class,
            UidCommand.class,
            TokenCommand.class,
            IdmKeyCommand.class
        })
public final class Kmsctl implements Runnable {
    private static final String HOME_VARIABLE = "KMS_HOME";
    private static final String DEFAULT_HOME = ".kms";

    private final CliContext context;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "set-up folder with keys and addresses (default: environment variable KMS_HOME, else .kms)")
    private Path homeDirectory;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "result as JSON, for programs")
    private boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "this text")
    private boolean helpWanted;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "version of this program")
    private boolean versionWanted;

    private Home home;

    private Kmsctl(CliContext context) {
        this.context = context;
    }

    /** Entry of the program. */
    public static void main(String[] args) {
        CliContext context =
                new CliContext(Console.ofProcess(), Clock.systemUTC(), new SecureRandom(), System.getenv());
        System.exit(execute(context, args));
    }

    /** Runs one command line and returns its exit code. */
    public static int execute(CliContext context, String... args) {
        CommandLine line = new CommandLine(new Kmsctl(context))
                .setOut(context.console().out())
                .setErr(context.console().err())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExpandAtFiles(false)
                .setPosixClusteredShortOptionsAllowed(false);
        ErrorReport errors = new ErrorReport(context.console());
        line.setParameterExceptionHandler(errors).setExecutionExceptionHandler(errors);
        HelpLayout.apply(line);
        return line.execute(args);
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "no command given");
    }

    CliContext context() {
        return context;
    }

    Home home() {
        if (home == null) {
            String fromEnvironment = context.environment().getOrDefault(HOME_VARIABLE, DEFAULT_HOME);
            home = new Home(homeDirectory == null ? Path.of(fromEnvironment) : homeDirectory);
        }
        return home;
    }

    boolean json() {
        return json;
    }
}
