package org.mckms.client.cli;

import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import java.util.Optional;
import java.util.stream.Stream;
import org.mckms.client.TokensAdmin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Commands of {@code kmsctl token} for operators. */
final class TokenRevocationCommands {
    private TokenRevocationCommands() {}

    /** {@code kmsctl token revoke}. */
    @Command(
            name = "revoke",
            description = "Refuse one access token from now on, or all older ones of an identity.",
            footer = {
                "",
                "Content encryption keys that were made under them end. Whoever has a newer token is not affected.",
                "Examples: kmsctl token revoke --token-file stolen.jwt --reason \"device stolen\"",
                "          kmsctl token revoke --uri sip:alice@example.org --reason \"device stolen\""
            })
    static final class Revoke extends KmsctlCommand {
        @Option(
                names = "--token-file",
                paramLabel = "FILE",
                description = "this token; - for standard input. It stays here: only issuer and jti are sent")
        private String tokenFile;

        @Option(
                names = "--jti",
                paramLabel = "ID",
                description = "the token with this identifier, as the audit trail names it")
        private String jti;

        @Option(
                names = "--issued-by",
                paramLabel = "NAME",
                description = "its issuer, the NAME of kms.issuer.NAME.* (default: found by the iss of --token-file)")
        private String issuer;

        @Option(names = "--uri", paramLabel = "URI", description = "all tokens of this identity, a server's too")
        private String uri;

        @Option(
                names = "--issued-before",
                paramLabel = "TIME",
                description = "with --uri: tokens issued before it (default: now)")
        private String before;

        @Mixin
        private Reason reason;

        @Mixin
        private AdminOptions admin;

        @Override
        public Integer call() {
            if (Stream.of(tokenFile, jti, uri).filter(given -> given != null).count() != 1) {
                throw new WrongUseException("give one of --token-file, --jti and --uri");
            }
            if (uri == null ? before != null : issuer != null) {
                throw new WrongUseException("--issued-before goes with --uri, --issued-by with one token");
            }
            TokensAdmin tokens = admin.client(home(), "operator").tokens();
            JsonObject answer = context().progress("revoking", () -> uri == null ? one(tokens) : older(tokens));
            new AdminResult(this)
                    .show(
                            uri == null
                                    ? "the token is refused from now on"
                                    : "older tokens of " + uri + " are refused",
                            answer);
            return ExitCode.DONE;
        }

        private JsonObject older(TokensAdmin tokens) {
            return tokens.revokeOlder(
                    uri,
                    Optional.ofNullable(before).map(text -> Texts.instant(text, "--issued-before")),
                    reason.text());
        }

        private JsonObject one(TokensAdmin tokens) {
            if (jti != null) {
                return tokens.revoke(
                        Optional.ofNullable(issuer)
                                .orElseThrow(() -> new WrongUseException("say whose token it is: --issued-by")),
                        jti,
                        reason.text());
            }
            AccessToken token = TokenText.read(context(), tokenFile);
            String id = token.id()
                    .orElseThrow(() -> new CommandFailedException(
                            "the token has no jti that can be read", "--uri revokes all older ones of its identity"));
            return tokens.revoke(issuerOf(token), id, reason.text());
        }

        private String issuerOf(AccessToken token) {
            return Optional.ofNullable(issuer)
                    .or(() -> token.issuer().flatMap(home()::issuerNamed))
                    .orElseThrow(() -> new WrongUseException(
                            "the settings of the home do not name the issuer of the token: give --issued-by"));
        }
    }

    /** {@code kmsctl token revocations}. */
    @Command(
            name = "revocations",
            description = "List what was revoked of tokens that may still be alive, the newest first.",
            footer = {"", "Example: kmsctl token revocations"})
    static final class List extends KmsctlCommand {
        @Option(names = "--limit", paramLabel = "N", description = "at most so many (default: 50)")
        private int limit = 50;

        @Mixin
        private AdminOptions admin;

        @Override
        public Integer call() {
            TokensAdmin tokens = admin.client(home(), "operator").tokens();
            JsonStructure answer = context().progress("asking for the revocations", () -> tokens.list(limit));
            new AdminResult(this)
                    .showPage(
                            answer,
                            "nothing is revoked",
                            "revokedAt",
                            "issuer",
                            "jti",
                            "uri",
                            "issuedBefore",
                            "revokedBy",
                            "reason");
            return ExitCode.DONE;
        }
    }
}
