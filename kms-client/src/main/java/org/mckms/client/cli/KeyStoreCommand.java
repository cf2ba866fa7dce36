package org.mckms.client.cli;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import org.mckms.client.KeySetSummary;
import org.mckms.client.store.ClientKeyStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kmsctl key-store} and its verbs. */
@Command(
        name = "key-store",
        description = "Show what the encrypted key store of a device holds.",
        subcommands = {KeyStoreCommand.Show.class},
        footer = {"", "Example: kmsctl key-store show --key-store alice"})
final class KeyStoreCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: show");
    }

    /** {@code kmsctl key-store show}. */
    @Command(
            name = "show",
            description = "Show owner, key names, certificates and key sets; never a key.",
            footer = {"", "Example: kmsctl key-store show --key-store alice"})
    static final class Show extends KmsctlCommand {
        @Mixin
        private KeyStoreOptions keyStore;

        @Override
        public Integer call() {
            try (ClientKeyStore store = context().progress("opening", () -> keyStore.open(context(), home()))) {
                List<KeySetSummary> held = store.describeKeys(KeyStoreText::summary);
                if (json()) {
                    JsonText.print(console(), json(store, held).build());
                } else {
                    print(store, held);
                }
            }
            return ExitCode.DONE;
        }

        private void print(ClientKeyStore store, List<KeySetSummary> held) {
            new Table()
                    .row("user URI", store.owner().userUri())
                    .row("device", store.owner().device())
                    .row("KMS URI", store.owner().kmsUri())
                    .row("addresses", String.join(", ", store.baseUrls()))
                    .print(console());
            KeyStoreText.printKeyNames(console(), store);
            ResponseTable certificates = new ResponseTable(console(), false);
            store.rootCertificates().forEach(root -> certificates.printCertificate("root certificate", root));
            store.partnerCertificates()
                    .forEach(partner -> certificates.printCertificate("certificate of a partner", partner));
            if (held.isEmpty()) {
                console().print("no key set yet");
            } else {
                KeyStoreText.print(console(), held);
            }
        }

        private static JsonObjectBuilder json(ClientKeyStore store, List<KeySetSummary> held) {
            return Json.createObjectBuilder()
                    .add("userUri", store.owner().userUri())
                    .add("device", store.owner().device())
                    .add("kmsUri", store.owner().kmsUri())
                    .add("addresses", Json.createArrayBuilder(store.baseUrls()))
                    .add("keys", KeyStoreText.jsonKeyNames(store))
                    .add("rootCertificates", ResponseJson.certificates(store.rootCertificates()))
                    .add("partnerCertificates", ResponseJson.certificates(store.partnerCertificates()))
                    .add("keySets", KeyStoreText.json(held));
        }
    }
}
