package org.mckms.client.cli;

import java.util.ArrayList;
import java.util.List;
import org.mckms.mikeysakke.MikeySakkeException;
import org.mckms.protocol.codec.KmsRedirectResponseCodec;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsRedirectResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kmsctl redirect} and its verbs. */
@Command(
        name = "redirect",
        description = "KMS Discovery Upload: tell the KMS which redirect responses came.",
        subcommands = {RedirectCommand.Upload.class},
        footer = {"", "Example: kmsctl redirect upload krr.xml --key-store alice"})
final class RedirectCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: upload");
    }

    /** {@code kmsctl redirect upload}. */
    @Command(
            name = "upload",
            description = "Send redirect responses to the KMS, signed.",
            footer = {
                "",
                "A KMS takes them only where the setting kms.discovery is on; it keeps them in its audit trail.",
                "Example: kmsctl redirect upload krr.xml --key-store alice"
            })
    static final class Upload extends KmsctlCommand {
        @Parameters(arity = "1..*", paramLabel = "FILE", description = "KmsRedirectResponse documents")
        private List<String> files = new ArrayList<>();

        @Mixin
        private KmsOptions kms;

        @Override
        public Integer call() {
            if (!kms.isProtected()) {
                throw new WrongUseException("redirect responses go in a signed request: give --key-store");
            }
            List<KmsRedirectResponse> redirects = files.stream().map(this::read).toList();
            try (ProtectedSession session = kms.session(context(), home())) {
                context().progress("sending", () -> session.client().uploadRedirects(redirects));
            }
            if (!json()) {
                console().print(redirects.size() + " sent");
            }
            return ExitCode.DONE;
        }

        private KmsRedirectResponse read(String file) {
            try {
                return KmsRedirectResponseCodec.read(Documents.octets(file, console()));
            } catch (KmsException | MikeySakkeException e) {
                throw new CommandFailedException(
                        file + " is no KMS redirect response: " + e.getMessage(), "`kmsctl decode` explains it");
            }
        }
    }
}
