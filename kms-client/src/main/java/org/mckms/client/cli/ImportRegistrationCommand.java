package org.mckms.client.cli;

import jakarta.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import org.mckms.client.RegistrationImport;
import org.mckms.client.store.ClientKeyStore;
import org.mckms.protocol.sealed.Opener;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kmsctl import-registration}. */
@Command(
        name = "import-registration",
        description = "Put the first keys of a device into its key store; needs no network.",
        footer = {
            "",
            "Makes the key store, or renews the keys in the one there is.",
            "Example: kmsctl import-registration alice.reg --passphrase-file alice.pass --key-store alice"
        })
final class ImportRegistrationCommand extends KmsctlCommand {
    @Parameters(paramLabel = "FILE", description = "the registration file; - for standard input")
    private String file;

    @Mixin
    private OpenerOptions opener;

    @Option(
            names = "--signer",
            paramLabel = "FILE",
            description =
                    "PEM certificate of the KMS that must have signed it (default: the one that the key store pins;"
                            + " for a new key store the one in the file is taken on trust, if a passphrase opens it)")
    private Path signer;

    @Mixin
    private KeyStoreOptions keyStore;

    @Override
    public Integer call() throws IOException {
        boolean renews = keyStore.exists(home());
        if (opener.nameAKey() && signer == null && !renews) {
            throw new WrongUseException(
                    "anybody can seal a file for a certificate: give the certificate of the KMS that"
                            + " must have signed it with --signer");
        }
        Optional<X509Certificate> given = Optional.ofNullable(signer).map(PemCertificate::read);
        byte[] octets = Documents.octets(file, console());
        try (Opener with = opener.givenOrAsked(console());
                ClientKeyStore store = renews ? renewed(octets, with, given) : made(octets, with, given)) {
            show(store);
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
        return ExitCode.DONE;
    }

    private ClientKeyStore made(byte[] octets, Opener with, Optional<X509Certificate> pinned) throws IOException {
        try (RegistrationImport registration = opened(octets, with, pinned)) {
            return keyStore.create(
                    context(),
                    home(),
                    key -> registration.createStore(
                            keyStore.file(home()), key, context().random()));
        }
    }

    private ClientKeyStore renewed(byte[] octets, Opener with, Optional<X509Certificate> given) {
        ClientKeyStore store = keyStore.open(context(), home());
        try (RegistrationImport registration = opened(octets, with, given.or(store::bundleSigner))) {
            registration.renew(store);
            return store;
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private RegistrationImport opened(byte[] octets, Opener with, Optional<X509Certificate> pinned) {
        return context()
                .progress(
                        "opening the registration",
                        () -> RegistrationImport.open(
                                octets, with, pinned, context().clock().instant()));
    }

    private void show(ClientKeyStore store) {
        String signerSha256 = store.bundleSigner().map(CertificatePin::sha256).orElse("-");
        if (json()) {
            JsonText.print(
                    console(),
                    Json.createObjectBuilder()
                            .add("keyStore", keyStore.file(home()).toString())
                            .add("userUri", store.owner().userUri())
                            .add("device", store.owner().device())
                            .add("keys", KeyStoreText.jsonKeyNames(store))
                            .add("signerSha256", signerSha256)
                            .build());
            return;
        }
        console()
                .print("keys of " + store.owner().userUri() + " on "
                        + store.owner().device() + " are in " + keyStore.file(home()));
        KeyStoreText.printKeyNames(console(), store);
        console().print("signer       " + signerSha256);
        if (signer == null) {
            console()
                    .hint(
                            "compare the SHA-256 of the signer with that of the KMS, or give its certificate with --signer");
        }
    }
}
