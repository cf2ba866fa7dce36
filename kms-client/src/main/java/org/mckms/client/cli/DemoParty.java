package org.mckms.client.cli;

import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.mckms.client.KeySetExpectation;
import org.mckms.client.KeySetReport;
import org.mckms.client.ReceivedKeySetCheck;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.IdentityEncoding;
import org.mckms.mikeysakke.identity.UserIdentifier;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.KmsKeySet;

/** One who takes part in the demonstration: with a line to the KMS, a certificate and keys of its own. */
final class DemoParty implements AutoCloseable {
    private final String name;
    private final String uri;
    private final DemoLine line;
    private final Clock clock;
    private KmsCertificate root;
    private Optional<DemoLine.Fetched> fetched = Optional.empty();

    DemoParty(String name, String uri, DemoLine line, Clock clock) {
        this.name = name;
        this.uri = uri;
        this.line = line;
        this.clock = clock;
    }

    String name() {
        return name;
    }

    String uri() {
        return uri;
    }

    DemoLine line() {
        return line;
    }

    KmsCertificate root() {
        return root;
    }

    KmsKeySet keys() {
        return fetched.orElseThrow().keys();
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
        root = line.init();
        return new DemoSteps.Outcome<>(
                root, "root certificate " + root.certUri().orElse("without URI") + " of " + root.kmsUri());
    }

    DemoSteps.Outcome<KmsKeySet> fetchKeys() {
        closeKeys();
        fetched = Optional.of(line.fetch(uri));
        KeySetReport report = check(keys());
        report.firstFailure().ifPresent(failure -> {
            throw new CommandFailedException(failure.check().title() + ": " + failure.detail());
        });
        return new DemoSteps.Outcome<>(
                keys(),
                line.protection() + ", key period " + keys().period().number() + ", all "
                        + report.findings().size() + " checks passed");
    }

    private KeySetReport check(KmsKeySet keys) {
        KeySetExpectation expected = KeySetExpectation.around(Set.of(uri), root.schedule(), clock.instant());
        return new ReceivedKeySetCheck(root, IdentityEncoding.RAW).check(keys, expected);
    }

    private void closeKeys() {
        fetched.ifPresent(DemoLine.Fetched::close);
        fetched = Optional.empty();
    }

    @Override
    public void close() {
        closeKeys();
        line.close();
    }
}
