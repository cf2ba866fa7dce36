package org.mckms.client.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.mckms.client.KmsClientException;
import org.mckms.client.cek.CekScope;
import org.mckms.client.cli.explain.Explainer;
import org.mckms.client.file.PrivateFile;
import org.mckms.client.store.ClientStoreException;
import org.mckms.mikeysakke.MikeySakkeException;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.smime.SipBody;
import org.mckms.protocol.smime.SmimeBody;

/** What a person has an MC server do that is played here, one line at a time. A line that fails ends nothing. */
final class ServeConsole {
    private static final String TEXT = "text/plain;charset=UTF-8";

    private final Console console;
    private final McServerStandIn server;

    ServeConsole(Console console, McServerStandIn server) {
        this.console = console;
        this.server = server;
    }

    /** Reads lines to their end. @param quit what the line {@code quit} does; the end of the input does nothing */
    void run(Runnable quit) {
        for (Optional<String> line = console.line(); line.isPresent(); line = console.line()) {
            List<String> words = Arrays.asList(line.get().split("\\s+"));
            if (words.get(0).equals("quit")) {
                quit.run();
                return;
            }
            try {
                act(words);
            } catch (KmsException
                    | KmsClientException
                    | MikeySakkeException
                    | ClientStoreException
                    | CommandFailedException
                    | WrongUseException
                    | IOException e) {
                console.error(String.valueOf(e.getMessage()));
            }
        }
    }

    private void act(List<String> words) throws IOException {
        switch (words.get(0)) {
            case "" -> {}
            case "open" -> open(word(words, 2), scope(word(words, 1), words, 3));
            case "seal" -> seal(word(words, 2), scope(word(words, 1), words, 3));
            case "renew" -> server.renew(scope(word(words, 1), words, 2));
            case "end" -> server.endSession(word(words, 1));
            case "keys" -> server.held().forEach(key -> console.print(CekText.line(key)));
            case "pull" -> server.pull();
            default -> throw new WrongUseException("say open, seal, renew, end, keys, pull or quit");
        }
    }

    private void open(String file, CekScope from) {
        byte[] envelope = Explainer.sealedBody(Documents.octets(file, console))
                .orElseThrow(() -> new CommandFailedException(file + " is not a body sealed under a CEK"));
        SipBody body = server.open(new SipBody(SmimeBody.CONTENT_TYPE, Octets.copyOf(envelope)), from);
        console.print("opened: " + body.contentType() + ", " + body.octets().size() + " octets");
        new String(body.octets().toByteArray(), StandardCharsets.UTF_8)
                .lines()
                .forEach(line -> console.print(Explainer.visible(line)));
    }

    private void seal(String file, CekScope to) throws IOException {
        SipBody sealed = server.seal(new SipBody(TEXT, Octets.copyOf(Documents.octets(file, console))), to);
        Path output = Path.of(file + ".p7m");
        PrivateFile.write(output, sealed.octets().toByteArray());
        console.print("sealed: " + sealed.octets().size() + " octets are in " + output);
    }

    private static CekScope scope(String otherEnd, List<String> words, int index) {
        return new CekScope(otherEnd, words.size() > index ? Optional.of(words.get(index)) : Optional.empty());
    }

    private static String word(List<String> words, int index) {
        if (words.size() <= index) {
            throw new WrongUseException("the line is too short");
        }
        return words.get(index);
    }
}
