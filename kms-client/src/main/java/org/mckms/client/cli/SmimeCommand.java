package org.mckms.client.cli;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.mckms.client.cli.explain.Explainer;
import org.mckms.client.cli.explain.Explanation;
import org.mckms.client.cli.explain.Explanation.Fault;
import org.mckms.client.file.PrivateFile;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.smime.CekEnvelope;
import org.mckms.protocol.smime.SipBody;
import org.mckms.protocol.smime.SmimeBody;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kmsctl smime} and its verbs. */
@Command(
        name = "smime",
        description = "Seal and open bodies of SIP messages under a CEK; explain sealed ones.",
        subcommands = {SmimeCommand.Seal.class, SmimeCommand.Open.class, SmimeCommand.Explain.class},
        footer = {"", "Example: kmsctl smime explain message.p7m --cek cek.hex"})
final class SmimeCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: seal, open or explain");
    }

    /** The octets of a sealed body, saved as such, in base64 or in PEM. */
    private static byte[] envelope(String file, Console console) {
        return Explainer.sealedBody(Documents.octets(file, console))
                .orElseThrow(() -> new CommandFailedException(file + " is not a body sealed under a CEK"));
    }

    /** {@code kmsctl smime seal}. */
    @Command(
            name = "seal",
            description = "Seal the body of a SIP message, which may be a multipart body.",
            footer = {
                "",
                "The result is the body of a SIP message with this Content-Type, in binary:",
                "  " + SmimeBody.CONTENT_TYPE,
                "Example: kmsctl smime seal hello.txt --content-type text/plain --cek cek.hex --key-id 00...1F --output hello.p7m"
            })
    static final class Seal extends KmsctlCommand {
        @Parameters(paramLabel = "FILE", description = "the body; - for standard input")
        private String file;

        @Option(
                names = "--content-type",
                required = true,
                paramLabel = "TYPE",
                description = "Content-Type of the body, with its parameters")
        private String contentType;

        @Option(names = "--output", required = true, paramLabel = "FILE", description = "where the sealed body goes")
        private Path output;

        @Mixin
        private BodyKeyOptions keys;

        @Override
        public Integer call() throws IOException {
            byte[] content = Documents.octets(file, console());
            try (BodyKeys held = keys.open(this)) {
                SipBody sealed = held.seal(new SipBody(contentType, Octets.copyOf(content)));
                PrivateFile.write(output, sealed.octets().toByteArray());
                show(CekEnvelope.keyIdOf(sealed.octets().toByteArray()), sealed);
            } finally {
                Arrays.fill(content, (byte) 0);
            }
            return ExitCode.DONE;
        }

        private void show(Octets keyId, SipBody sealed) {
            if (json()) {
                JsonText.print(
                        console(),
                        Json.createObjectBuilder()
                                .add("keyId", keyId.toHex())
                                .add("contentType", sealed.contentType())
                                .add("octets", sealed.octets().size())
                                .add("file", output.toString())
                                .build());
            } else {
                console()
                        .print(sealed.octets().size() + " octets under the Key ID " + keyId.toHex() + " are in "
                                + output);
                console().print("Content-Type: " + sealed.contentType());
            }
        }
    }

    /** {@code kmsctl smime open}. */
    @Command(
            name = "open",
            description = "Open a sealed body; nothing is shown unless all of it is as it was sealed.",
            footer = {"", "Example: kmsctl smime open hello.p7m --cek cek.hex"})
    static final class Open extends KmsctlCommand {
        @Parameters(paramLabel = "FILE", description = "the sealed body: octets, base64 or PEM; - for standard input")
        private String file;

        @Option(
                names = "--output",
                paramLabel = "FILE",
                description = "where the body goes (default: shown, if it is text)")
        private Path output;

        @Mixin
        private BodyKeyOptions keys;

        @Override
        public Integer call() throws IOException {
            byte[] envelope = envelope(file, console());
            Octets keyId = CekEnvelope.keyIdOf(envelope);
            try (BodyKeys held = keys.openFor(this, keyId)) {
                SipBody body = held.open(new SipBody(SmimeBody.CONTENT_TYPE, Octets.copyOf(envelope)));
                Optional<String> text = text(body.octets());
                if (output != null) {
                    PrivateFile.write(output, body.octets().toByteArray());
                } else if (text.isEmpty()) {
                    throw new CommandFailedException("the body opens, but is not text", "save it with --output");
                }
                show(keyId, body, text);
            }
            return ExitCode.DONE;
        }

        private void show(Octets keyId, SipBody body, Optional<String> text) {
            if (json()) {
                JsonObjectBuilder json = Json.createObjectBuilder()
                        .add("keyId", keyId.toHex())
                        .add("contentType", body.contentType())
                        .add("octets", body.octets().size());
                if (output == null) {
                    text.ifPresent(shown -> json.add("body", shown));
                } else {
                    json.add("file", output.toString());
                }
                JsonText.print(console(), json.build());
                return;
            }
            console().tell("opened under the Key ID " + keyId.toHex());
            console().tell("Content-Type: " + body.contentType());
            if (output == null) {
                console().print(text.orElseThrow());
            } else {
                console().print(body.octets().size() + " octets are in " + output);
            }
        }

        private static Optional<String> text(Octets octets) {
            try {
                return Optional.of(StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(octets.toByteArray()))
                        .toString());
            } catch (CharacterCodingException e) {
                return Optional.empty();
            }
        }
    }

    /** {@code kmsctl smime explain}. */
    @Command(
            name = "explain",
            description = "Show a sealed body field by field: for which key it is, how it is sealed, what is wrong.",
            footer = {
                "",
                "Needs no key; with one it also says whether the body opens, and what it is. `kmsctl decode` shows the same",
                "fields.",
                "Example: kmsctl smime explain hello.p7m --cek cek.hex"
            })
    static final class Explain extends KmsctlCommand {
        private static final String CLAUSE = "RFC 5083 2.2";

        @Parameters(paramLabel = "FILE", description = "the sealed body: octets, base64 or PEM; - for standard input")
        private String file;

        @Mixin
        private BodyKeyOptions keys;

        @Override
        public Integer call() {
            byte[] envelope = envelope(file, console());
            Explanation explanation = new Explainer(
                            context().clock().instant(), false, Optional.empty(), Optional.empty())
                    .explain(envelope);
            if (explanation.firstFault().isPresent() || !keys.areGiven()) {
                return show(explanation, List.of());
            }
            try (BodyKeys held = keys.openFor(this, CekEnvelope.keyIdOf(envelope))) {
                SipBody body = held.open(new SipBody(SmimeBody.CONTENT_TYPE, Octets.copyOf(envelope)));
                return show(
                        explanation,
                        List.of(
                                "the body opens, and nothing in it was changed",
                                Explainer.visible("Content-Type " + body.contentType()) + ", "
                                        + body.octets().size() + " octets"));
            } catch (KmsException e) {
                return show(explanation.with(new Fault("", CLAUSE, e.getMessage())), List.of());
            }
        }

        private int show(Explanation explanation, List<String> verified) {
            if (json()) {
                JsonText.print(
                        console(),
                        ExplanationText.json(file, explanation)
                                .add("verified", Json.createArrayBuilder(verified))
                                .build());
            } else {
                ExplanationText.print(console(), file, explanation);
                verified.forEach(what -> console().print("  ok  " + what));
            }
            explanation.firstFault().ifPresent(fault -> console().error(ExplanationText.sentence(file, fault)));
            return explanation.firstFault().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
        }
    }
}
