package org.mckms.client.cli;

import java.time.Clock;
import java.util.Set;
import org.mckms.client.KeyManagementClient;
import org.mckms.client.KeySetExpectation;
import org.mckms.client.KeySetReport;
import org.mckms.client.ReceivedAnswer;
import org.mckms.client.ReceivedKeySetCheck;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.IdentityEncoding;
import org.mckms.mikeysakke.identity.UserIdentifier;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.KmsInit;
import org.mckms.protocol.message.KmsKeyProv;
import org.mckms.protocol.message.KmsKeySet;

/** One who takes part in the demonstration: a client with its own connection, certificate and keys. */
final class DemoParty implements AutoCloseable {
    private final String name;
    private final String uri;
    private final KeyManagementClient client;
    private final Clock clock;
    private KmsCertificate root;
    private ReceivedAnswer<KmsKeyProv> provisioned;

    DemoParty(String name, String uri, KeyManagementClient client, Clock clock) {
        this.name = name;
        this.uri = uri;
        this.client = client;
        this.clock = clock;
    }

    String name() {
        return name;
    }

    String uri() {
        return uri;
    }

    KeyManagementClient client() {
        return client;
    }

    KmsCertificate root() {
        return root;
    }

    KmsKeySet keys() {
        return provisioned.message().keySets().get(0);
    }

    /** The UID of this party in the key period of its keys, computed from the root certificate. */
    Octets identity() {
        return identityOf(uri);
    }

    /** The UID of anybody in the key period of this party's keys; needs no key of the other. */
    Octets identityOf(String otherUri) {
        return IdentityEncoding.RAW.identityOctets(
                UserIdentifier.format2(otherUri, root.kmsUri(), root.schedule(), keys().period()));
    }

    DemoSteps.Outcome<KmsCertificate> initialise() {
        try (ReceivedAnswer<KmsInit> answer = client.init()) {
            root = answer.message().certificate();
        }
        return new DemoSteps.Outcome<>(
                root, "root certificate " + root.certUri().orElse("without URI") + " of " + root.kmsUri());
    }

    DemoSteps.Outcome<KmsKeySet> fetchKeys() {
        provisioned = client.keyProvision(uri);
        int sets = provisioned.message().keySets().size();
        DemoSteps.require(sets == 1, sets + " key sets came, expected one");
        KeySetReport report = check(keys());
        report.firstFailure().ifPresent(failure -> {
            throw new CommandFailedException(failure.check().title() + ": " + failure.detail());
        });
        return new DemoSteps.Outcome<>(
                keys(),
                "key period " + keys().period().number() + ", all "
                        + report.findings().size() + " checks passed");
    }

    private KeySetReport check(KmsKeySet keys) {
        KeySetExpectation expected = KeySetExpectation.around(Set.of(uri), root.schedule(), clock.instant());
        return new ReceivedKeySetCheck(root, IdentityEncoding.RAW).check(keys, expected);
    }

    @Override
    public void close() {
        if (provisioned != null) {
            provisioned.close();
        }
    }
}
