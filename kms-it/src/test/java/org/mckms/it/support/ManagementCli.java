package org.mckms.it.support;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The command line of WildFly at a running server, as its administrator has it. */
public final class ManagementCli {
    private static final Path SCRIPT = Path.of(System.getProperty("jboss.home"), "bin", "jboss-cli.sh");
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private ManagementCli() {}

    /** Runs one command; fails if the server refuses it. */
    public static String run(KmsHome home, String command) {
        return Tool.run(
                LIMIT,
                Map.of("JAVA_HOME", System.getProperty("java.home")),
                List.of(
                        SCRIPT.toString(),
                        "--connect",
                        "--controller=127.0.0.1:" + home.managementPort(),
                        "--command=" + command));
    }
}
