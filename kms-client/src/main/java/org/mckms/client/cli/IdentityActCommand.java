package org.mckms.client.cli;

import jakarta.json.JsonObject;
import org.mckms.client.AdminClient;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** An act of an operator on one identity, for a reason that the audit trail keeps. */
abstract class IdentityActCommand extends KmsctlCommand {
    private final String usualOperator;
    private final String doing;

    @Parameters(paramLabel = "URI", description = "the identity, exactly as in its keys")
    private String uri;

    @Mixin
    private Reason reason;

    @Mixin
    private AdminOptions admin;

    /** @param doing what is told while the server is at it */
    IdentityActCommand(String usualOperator, String doing) {
        this.usualOperator = usualOperator;
        this.doing = doing;
    }

    /** Orders the act. */
    abstract JsonObject act(AdminClient client, String uri, String reason);

    /** What came of it, for a person. */
    abstract String sentence(String uri, JsonObject answer);

    @Override
    public final Integer call() {
        AdminClient client = admin.client(home(), usualOperator);
        JsonObject answer = context().progress(doing, () -> act(client, uri, reason.text()));
        new AdminResult(this).show(sentence(uri, answer), answer);
        return ExitCode.DONE;
    }
}
