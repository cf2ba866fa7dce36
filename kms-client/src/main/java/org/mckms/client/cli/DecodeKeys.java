package org.mckms.client.cli;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.mckms.client.store.ClientKeyStore;
import org.mckms.protocol.message.KmsCertificate;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that say with what `kmsctl decode` verifies and opens a document. Secrets come out of files only. */
final class DecodeKeys {
    @Mixin
    private KeyStoreOptions keyStore;

    @Option(names = "--trk", paramLabel = "FILE", description = "TrK in hex or base64, in place of a key store")
    private Path transportKey;

    @Option(names = "--ink", paramLabel = "FILE", description = "InK in hex or base64, in place of a key store")
    private Path integrityKey;

    @Option(names = "--jwks", paramLabel = "FILE", description = "verify access tokens with these keys of their issuer")
    private Path jwks;

    @Option(
            names = "--signer",
            paramLabel = "FILE",
            description = "PEM certificate under which a bundle or registration file has to be signed")
    private Path signer;

    /**
     * What was opened for a run of the command.
     *
     * @param keys TrK and InK, perhaps none
     * @param roots root certificates of the key store
     * @param signer the certificate under which files have to be signed
     * @param messages what key messages are verified and opened with, perhaps nothing
     */
    record Opened(DocumentKeys keys, List<KmsCertificate> roots, Optional<X509Certificate> signer, MessageKeys messages)
            implements AutoCloseable {
        @Override
        public void close() {
            keys.close();
            messages.close();
        }
    }

    /** Opens what the options name; the caller closes it. */
    Opened open(CliContext context, Home home) {
        Optional<X509Certificate> given = Optional.ofNullable(signer).map(PemCertificate::read);
        if (!keyStore.isGiven()) {
            return new Opened(
                    DocumentKeys.bare(
                            Optional.ofNullable(transportKey).map(KeyFile::read),
                            Optional.ofNullable(integrityKey).map(KeyFile::read)),
                    List.of(),
                    given,
                    MessageKeys.none());
        }
        if (transportKey != null || integrityKey != null) {
            throw new WrongUseException("give --key-store or --trk and --ink, not both");
        }
        try (ClientKeyStore store = keyStore.open(context, home)) {
            return new Opened(
                    DocumentKeys.of(store),
                    store.rootCertificates(),
                    given.or(store::bundleSigner),
                    MessageKeys.of(store));
        }
    }

    /** The verifier of access tokens, if one was asked for. */
    Optional<TokenSignature> tokenSignature() {
        return Optional.ofNullable(jwks).map(TokenSignature::with);
    }
}
