package org.mckms.client.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.mckms.client.KmsClient;
import org.mckms.client.ServerEndpoint;
import org.mckms.client.group.DeniedSigners;
import org.mckms.client.group.GroupClient;
import org.mckms.client.group.GroupKeyStore;
import org.mckms.client.group.Sender;
import org.mckms.client.store.ClientKeyStore;
import org.mckms.protocol.group.McService;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of the commands for members of groups: whose device, and which group management server it trusts. */
final class GmsMemberOptions {
    @Option(
            names = "--gms-uri",
            paramLabel = "URI",
            description = "the GMS whose keys are taken (default: gms.uri in kms.properties of the home)")
    private String gmsUri;

    @Option(
            names = "--gms-kms-uri",
            paramLabel = "URI",
            description = "KmsUri of the KMS of that GMS (default: that of the key store)")
    private String gmsKmsUri;

    @Option(
            names = "--denied-signers",
            paramLabel = "FILE",
            description =
                    "signing keys whose messages are refused: SHA-256 of a PVT a line, as `kmsctl decode` shows it")
    private Path deniedSigners;

    @Option(
            names = "--group-service",
            paramLabel = "NAME",
            description = "mcptt or mcvideo, the service of the group (default: mcptt)")
    private McService service = McService.MCPTT;

    @Mixin
    private KeyStoreOptions keyStore;

    @Mixin
    private GmsOptions gms;

    /** The device of the key store; the caller closes it. */
    GroupDevice open(CliContext context, Home home) {
        ClientKeyStore store = keyStore.open(context, home);
        try {
            String member = store.owner().userUri();
            AccessToken token = gms.token(context, home, Optional.of(member));
            ServerEndpoint endpoint = gms.endpoint(home);
            KmsClient.Builder kms =
                    KmsClient.of(store).tls(endpoint.tls()).tokens(token::text).clock(context.clock());
            if (store.baseUrls().isEmpty()) {
                kms.addresses(home.kms());
            }
            return new GroupDevice(
                    store,
                    openGroupKeys(context, home, member),
                    kms.build(),
                    deniedSigners == null ? pvt -> false : new DeniedSigners(deniedSigners),
                    manager(home, store),
                    new GroupClient(endpoint, token::text),
                    service);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /** The group keys alone; nobody is asked. The caller closes them. */
    GroupKeyStore openGroupKeys(CliContext context, Home home) {
        try (ClientKeyStore store = keyStore.open(context, home)) {
            return openGroupKeys(context, home, store.owner().userUri());
        }
    }

    private GroupKeyStore openGroupKeys(CliContext context, Home home, String member) {
        return keyStore.openGroupKeys(context, home, member);
    }

    private Sender manager(Home home, ClientKeyStore store) {
        String uri = Optional.ofNullable(gmsUri)
                .or(() -> home.gms("uri"))
                .orElseThrow(() -> new WrongUseException("say whose keys to take: --gms-uri"));
        return new Sender(uri, gmsKmsUri == null ? store.owner().kmsUri() : gmsKmsUri);
    }
}
