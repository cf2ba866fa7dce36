package org.mckms.client.cli;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options that say with what `kmsctl decode` verifies and opens a document. Secrets come out of files only. */
final class DecodeKeys {
    @Option(names = "--jwks", paramLabel = "FILE", description = "verify access tokens with these keys of their issuer")
    private Path jwks;

    @Option(
            names = "--signer",
            paramLabel = "FILE",
            description = "PEM certificate under which a bundle or registration file has to be signed")
    private Path signer;

    /** The certificate under which files have to be signed, if it was given. */
    Optional<X509Certificate> signer() {
        return Optional.ofNullable(signer).map(PemCertificate::read);
    }

    /** The verifier of access tokens, if one was asked for. */
    Optional<TokenSignature> tokenSignature() {
        return Optional.ofNullable(jwks).map(TokenSignature::with);
    }
}
