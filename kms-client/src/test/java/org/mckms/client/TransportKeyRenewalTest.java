package org.mckms.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mckms.client.ClientBench.ALICE;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.StubKms.Misdeed;
import org.mckms.protocol.codec.KmsRequestCodec;
import org.mckms.protocol.codec.RequestLeniency;
import org.mckms.protocol.security.ClientKeys;

/** A KMS that renews the TrK and keeps the InK: signatures do not tell which TrK is in use. */
class TransportKeyRenewalTest {
    private static TestPki pki;

    @TempDir
    private Path folder;

    private ClientBench bench;
    private KmsClient client;

    @BeforeAll
    static void makeAuthority() {
        pki = new TestPki();
    }

    @BeforeEach
    void announce() {
        bench = new ClientBench(pki, folder);
        client = bench.client();
        bench.kms.renewsTheTransportKey();
        client.init();
        assertThat(pairs()).containsExactly("tk.1/ink.1", "tk.2/ink.1");
        assertThat(namedTransportKey()).isEmpty();
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void isFinishedByKeysThatAreWrappedUnderTheNewKey() {
        client.init();
        assertThat(namedTransportKey()).contains("tk.2." + ALICE);
        assertThat(bench.kms.activePair()).isEqualTo(2);
        assertThat(pairs()).as("nothing was wrapped").containsExactly("tk.1/ink.1", "tk.2/ink.1");

        assertThat(client.provision()).hasSize(1);
        assertThat(pairs()).containsExactly("tk.2/ink.1");
        assertThat(client.provision()).hasSize(1);
        assertThat(namedTransportKey()).isEmpty();
    }

    @Test
    void keepsTheOldKeyAsLongAsTheKmsWrapsUnderIt() {
        bench.kms.does(Misdeed.PASSES_BY_TRK_ID);

        assertThat(client.provision()).hasSize(1);
        assertThat(client.provision()).hasSize(1);

        assertThat(bench.kms.activePair()).isEqualTo(1);
        assertThat(pairs()).containsExactly("tk.1/ink.1", "tk.2/ink.1");
    }

    @Test
    void goesOnWithAKmsThatTakesNoNameOfATransportKey() {
        bench.kms.does(Misdeed.REFUSES_TRK_ID);

        assertThat(client.provision()).hasSize(1);

        assertThat(namedTransportKey()).isEmpty();
        assertThat(pairs()).containsExactly("tk.1/ink.1", "tk.2/ink.1");
    }

    private Optional<String> namedTransportKey() {
        return KmsRequestCodec.read(bench.server().lastRequest().body(), RequestLeniency.STANDARD)
                .request()
                .trkId();
    }

    private List<String> pairs() {
        return List.of(bench.store().activeKeys(), bench.store().pendingKeys()).stream()
                .flatMap(Optional::stream)
                .map(TransportKeyRenewalTest::names)
                .toList();
    }

    private static String names(ClientKeys pair) {
        try (pair) {
            return (pair.transportKey().name() + "/" + pair.signingKey().name()).replace("." + ALICE, "");
        }
    }
}
