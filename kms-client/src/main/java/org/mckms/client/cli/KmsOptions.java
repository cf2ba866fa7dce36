package org.mckms.client.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.mckms.client.KeyManagementClient;
import org.mckms.client.KmsClient;
import org.mckms.client.ReceptionPolicy;
import org.mckms.client.RequestStyle;
import org.mckms.client.TlsMaterial;
import org.mckms.client.TokenSource;
import org.mckms.client.cek.CekKeys;
import org.mckms.client.cek.CekOwner;
import org.mckms.client.store.ClientKeyStore;
import org.mckms.mikeysakke.identity.IdentityEncoding;
import org.mckms.protocol.cek.CekList;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of the commands that speak with the KMS as a key management client: which server, as whom, in which style. */
final class KmsOptions {
    private static final String TOKEN_VARIABLE = "KMS_TOKEN";
    private static final String STANDARD_INPUT = "-";

    @Option(names = "--kms", paramLabel = "URL", description = "the KMS (default: https://localhost:8443)")
    private URI kms;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "access token; - for standard input (default: environment variable KMS_TOKEN)")
    private String tokenFile;

    @Option(
            names = "--user",
            paramLabel = "URI",
            description = "mint a development token for this user instead of reading one")
    private String user;

    @Option(
            names = "--server",
            paramLabel = "NAME|P12",
            description = "be an MC server or GMS: a name under tls/servers of the home, or a PKCS#12 file")
    private String server;

    @Option(
            names = "--server-password-file",
            paramLabel = "FILE",
            description = "password of the PKCS#12 file (default: NAME.password beside it)")
    private Path passwordFile;

    @Option(names = "--raw-uri", description = "put user URIs into the path as they are, not percent-encoded")
    private boolean rawUri;

    @Option(names = "--with-body", description = "send a KmsRequest body instead of an empty POST")
    private boolean withBody;

    @Option(
            names = "--kms-uri",
            paramLabel = "URI",
            description = "KmsUri in the body (default: kms.uri in kms.properties of the home, else the host of --kms)")
    private String kmsUri;

    @Mixin
    private KeyStoreOptions keyStore;

    @Mixin
    private ServerOptions serverOptions;

    @ArgGroup(
            exclusive = false,
            validate = false,
            heading = "%nDevelopment token (with --user or --server, when there is no --token-file):%n")
    private MintOptions mint = new MintOptions();

    /** A client and the token it shows. */
    record Connection(KeyManagementClient client, AccessToken token) {}

    Connection connect(CliContext context, Home home) {
        AccessToken token = token(context, home, Optional.empty());
        URI address = kms == null ? home.kms() : kms;
        KeyManagementClient client = new KeyManagementClient(
                serverOptions.endpoint(address, tls(home)), token::text, style(token, address, home), context.clock());
        return new Connection(client, token);
    }

    /** Whether the command speaks for a device: signed requests, signed answers, wrapped keys. */
    boolean isProtected() {
        return keyStore.isGiven();
    }

    /** Makes the command that of an MC server of the home, unless the options say whose it is. */
    void usualServer(String name) {
        if (server == null) {
            server = name;
        }
        if (!keyStore.isGiven()) {
            serverName().ifPresent(own -> keyStore = KeyStoreOptions.named(own));
        }
    }

    /** Where the keys of the device are. */
    KeyStoreOptions keyStore() {
        return keyStore;
    }

    /** The device of the key store; the caller closes it. */
    ProtectedSession session(CliContext context, Home home) {
        return session(context, home, IdentityEncoding.RAW);
    }

    /** The same for a KMS that hashes UIDs into keys in another form. */
    ProtectedSession session(CliContext context, Home home, IdentityEncoding encoding) {
        if (withBody || rawUri) {
            throw new WrongUseException("--with-body and --raw-uri are for requests without --key-store");
        }
        ClientKeyStore store = keyStore.open(context, home);
        try {
            String owner = store.owner().userUri();
            AccessToken first = token(context, home, Optional.of(owner));
            KmsClient.Builder client = KmsClient.of(store)
                    .tls(tls(home))
                    .tokens(tokens(context, home, owner, first))
                    .limits(serverOptions.limits())
                    .policy(ReceptionPolicy.STANDARD.withEncoding(encoding))
                    .identities(identities(first, store))
                    .ceks((ceks, addressee) -> keep(context, home, owner, ceks, addressee))
                    .clock(context.clock());
            if (kms != null || store.baseUrls().isEmpty()) {
                client.addresses(kms == null ? home.kms() : kms);
            }
            return new ProtectedSession(store, client.build());
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /** A token that is minted or read anew for each request, so that a long session outlives one; standard input ends. */
    private TokenSource tokens(CliContext context, Home home, String owner, AccessToken first) {
        return STANDARD_INPUT.equals(tokenFile)
                ? first::text
                : () -> token(context, home, Optional.of(owner)).text();
    }

    /** Content encryption keys that come with key sets go beside the key store. */
    private void keep(CliContext context, Home home, String owner, CekList ceks, String addressee) {
        try (CekKeys keys = keyStore.openContentKeys(context, home, CekOwner.client(owner))) {
            keys.receiver(context.clock(), ReceptionPolicy.STANDARD).take(ceks, addressee);
        }
    }

    private AccessToken token(CliContext context, Home home, Optional<String> usualUser) {
        if (tokenFile != null && user != null) {
            throw new WrongUseException("give --token-file or --user, not both");
        }
        if (tokenFile != null) {
            return TokenText.read(context, tokenFile);
        }
        Optional<String> named = Optional.ofNullable(user).or(() -> serverName().flatMap(home::serverUri));
        if (named.isPresent()) {
            return minted(context, home, named.get());
        }
        String fromEnvironment = context.environment().get(TOKEN_VARIABLE);
        if (fromEnvironment != null && !fromEnvironment.isBlank()) {
            return new AccessToken(fromEnvironment);
        }
        return usualUser
                .map(owner -> minted(context, home, owner))
                .orElseThrow(
                        () -> new WrongUseException("no access token: give --token-file, --user or " + TOKEN_VARIABLE));
    }

    /** Those of the token, where it can be read and is the owner's. */
    private static Set<String> identities(AccessToken token, ClientKeyStore store) {
        Set<String> named = token.identities();
        return named.contains(store.owner().userUri())
                ? named
                : Set.of(store.owner().userUri());
    }

    private AccessToken minted(CliContext context, Home home, String userUri) {
        String usualClient =
                serverName().flatMap(home::serverClientId).or(this::serverName).orElse(MintOptions.DEFAULT_CLIENT);
        return new AccessToken(mint.mint(context, home, userUri, usualClient));
    }

    /** Whom the options trust in TLS. */
    TlsMaterial trusted(Home home) {
        return serverOptions.trusted(home);
    }

    /** Name of the server that the command speaks for, if it is one of the home. */
    Optional<String> serverName() {
        return Optional.ofNullable(server).filter(name -> !isFile(name));
    }

    private TlsMaterial tls(Home home) {
        TlsMaterial tls = serverOptions.trusted(home);
        if (server == null) {
            return tls;
        }
        return ServerOptions.withKey(tls, isFile(server) ? Path.of(server) : home.server(server), passwordFile);
    }

    private RequestStyle style(AccessToken token, URI address, Home home) {
        RequestStyle style = RequestStyle.STANDARD.withUriForm(
                rawUri ? RequestStyle.UriForm.RAW : RequestStyle.UriForm.PERCENT_ENCODED);
        if (!withBody) {
            return style;
        }
        String requester = token.identities().stream()
                .findFirst()
                .orElseThrow(() -> new WrongUseException("--with-body needs a token that can be read"));
        String addressed = kmsUri != null ? kmsUri : home.kmsUri().orElse(address.getHost());
        return style.withBody(new RequestStyle.Requester(requester, addressed));
    }

    private static boolean isFile(String nameOrFile) {
        return nameOrFile.endsWith(".p12") || nameOrFile.indexOf('/') >= 0;
    }
}
