package org.mckms.client.cli;

import jakarta.json.Json;
import java.util.List;
import org.mckms.client.KeySetSummary;
import org.mckms.protocol.message.KmsCertificate;

/** Shows what went from a protected answer into the key store, and under which keys. */
final class StoredAnswer {
    private StoredAnswer() {}

    static void showKeySets(KmsctlCommand command, ProtectedSession session, List<KeySetSummary> keySets) {
        if (command.json()) {
            JsonText.print(
                    command.console(),
                    Json.createObjectBuilder()
                            .add("keySets", KeyStoreText.json(keySets))
                            .add("keys", KeyStoreText.jsonKeyNames(session.store()))
                            .build());
            return;
        }
        command.console().print("signed answer, wrapped keys; every check passed");
        KeyStoreText.print(command.console(), keySets);
        KeyStoreText.printKeyNames(command.console(), session.store());
    }

    static void showCertificates(
            KmsctlCommand command, ProtectedSession session, String title, List<KmsCertificate> certificates) {
        if (command.json()) {
            JsonText.print(
                    command.console(),
                    Json.createObjectBuilder()
                            .add("certificates", ResponseJson.certificates(certificates))
                            .add("keys", KeyStoreText.jsonKeyNames(session.store()))
                            .build());
            return;
        }
        ResponseTable table = new ResponseTable(command.console(), false);
        certificates.forEach(certificate -> table.printCertificate(title, certificate));
        if (certificates.isEmpty()) {
            command.console().print("no certificate");
        }
        KeyStoreText.printKeyNames(command.console(), session.store());
    }
}
