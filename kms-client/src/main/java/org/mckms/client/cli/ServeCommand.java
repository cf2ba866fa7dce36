package org.mckms.client.cli;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.mckms.client.KmsClientException;
import org.mckms.client.TlsMaterial;
import org.mckms.client.cek.CekKeys;
import org.mckms.client.cek.CekOwner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kmsctl serve}. */
@Command(
        name = "serve",
        description = "Play an MC server: take the keys that the KMS pushes, open bodies with them.",
        footer = {
            "",
            "Fetches at the start what the KMS could not push; tells what changes, by Key ID, on standard output. Reads lines:",
            "  open USER FILE [SESSION]   open a sealed body that came from this user, as `smime seal` saves it",
            "  seal USER FILE [SESSION]   seal FILE, a text, into FILE.p7m for this user",
            "  renew USER [SESSION]       ask for a new key",
            "  end SESSION                end the keys of a session",
            "  keys, pull, quit",
            "For development: `kmsctl cek enrol` registers the server.",
            "Example: kmsctl serve --home .kms"
        })
final class ServeCommand extends KmsctlCommand {
    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "where the KMS pushes to; its port is listened on (default: kms.server.NAME.cek-url of the home)")
    private URI url;

    @Option(
            names = "--listener",
            paramLabel = "P12",
            description = "TLS key of the listener (default: tls/servers/NAME-listener.p12 of the home)")
    private Path listenerKey;

    @Option(names = "--for", paramLabel = "SECONDS", description = "end after so long (default: at Ctrl-C)")
    private Long seconds;

    @Mixin
    private KmsOptions kms;

    @Override
    public Integer call() throws InterruptedException {
        home().cek("server").ifPresent(kms::usualServer);
        String name =
                kms.serverName().orElseThrow(() -> new WrongUseException("say which server of the home: --server"));
        URI address = Optional.ofNullable(url)
                .or(() -> home().cekUrl(name))
                .orElseThrow(() -> new WrongUseException("say where the KMS pushes to: --url"));
        if (!kms.keyStore().exists(home())) {
            throw new CommandFailedException(
                    "there is no key store " + kms.keyStore().file(home()), "`kmsctl cek enrol` registers the server");
        }
        try (ProtectedSession session = kms.session(context(), home());
                McServerStandIn server = standIn(session, address)) {
            server.listen(tls(name));
            console()
                    .tell("listening at " + address + " as "
                            + session.store().owner().userUri());
            pull(server);
            stay(new ServeConsole(console(), server));
        }
        return ExitCode.DONE;
    }

    private McServerStandIn standIn(ProtectedSession session, URI address) {
        CekOwner owner = CekOwner.server(session.store().owner().userUri());
        CekKeys keys = kms.keyStore().openContentKeys(context(), home(), owner);
        try {
            return new McServerStandIn(
                    session.client(), keys, address, context().random(), console()::print);
        } catch (RuntimeException e) {
            keys.close();
            throw e;
        }
    }

    private TlsMaterial tls(String name) {
        Path key = listenerKey == null ? home().serverListener(name) : listenerKey;
        return ServerOptions.withKey(kms.trusted(home()), key, null);
    }

    /** A KMS that is away pushes when it is back. */
    private void pull(McServerStandIn server) {
        try {
            server.pull();
        } catch (KmsClientException e) {
            console().warning("nothing was fetched: " + e.getMessage());
        }
    }

    private void stay(ServeConsole lines) throws InterruptedException {
        CountDownLatch quit = new CountDownLatch(1);
        Thread reader = new Thread(() -> lines.run(quit::countDown), "lines");
        reader.setDaemon(true);
        reader.start();
        if (seconds == null) {
            quit.await();
        } else {
            quit.await(Duration.ofSeconds(seconds).toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
