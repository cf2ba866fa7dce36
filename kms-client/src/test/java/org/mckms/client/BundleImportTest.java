package org.mckms.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mckms.client.ClientBench.ALICE;
import static org.mckms.client.ClientBench.FIRST;
import static org.mckms.client.ClientBench.KMS_URI;
import static org.mckms.client.ClientBench.NOW;
import static org.mckms.client.ClientBench.SECOND;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.store.ClientKeyStore;
import org.mckms.client.store.TestKeys;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyPeriod;
import org.mckms.protocol.bundle.ProvisioningBundle;
import org.mckms.protocol.bundle.ProvisioningBundles;
import org.mckms.protocol.cms.BundleSigner;
import org.mckms.protocol.codec.KmsResponseCodec;
import org.mckms.protocol.codec.ResponseProtection;
import org.mckms.protocol.codec.WireDialect;
import org.mckms.protocol.element.KmsAnswer;
import org.mckms.protocol.message.KmsInit;
import org.mckms.protocol.message.KmsKeyProv;
import org.mckms.protocol.message.KmsKeySet;
import org.mckms.protocol.message.KmsResponse;
import org.mckms.protocol.security.ClientKeys;

class BundleImportTest {
    private static TestPki pki;
    private static BundleSigner signer;

    @TempDir
    private Path folder;

    private ClientBench bench;

    @BeforeAll
    static void makeSigner() {
        pki = new TestPki();
        signer = RegistrationImportTest.signer(pki.issue("kms.sign.bundle"));
    }

    @BeforeEach
    void start() {
        bench = new ClientBench(pki, folder);
        bench.store().change(edit -> edit.bundleSigner(signer.certificate()));
    }

    @AfterEach
    void stop() {
        assertThat(bench.server().requests()).as("a bundle needs no network").isEmpty();
        bench.close();
    }

    @Test
    void takesKeySetsOfAllPeriodsThatAreNotOver() {
        List<KeySetSummary> taken = importing(bundle(ALICE, 1, FIRST, 1512, 1513, 1514, 1515, 1516));

        assertThat(taken).extracting(KeySetSummary::period).containsExactly(1514L, 1515L, 1516L);
        ClientKeyStore store = bench.reopen();
        assertThat(store.rootCertificates()).containsExactly(FIRST.root());
        Instant later = NOW.plus(Duration.ofDays(45));
        try (CandidateKeys keys = bench.client().keysFor(ALICE, later)) {
            assertThat(keys.newest().keys().period().number()).isEqualTo(1515);
        }
    }

    @Test
    void doesNotGoBackToAnOlderRootCertificate() {
        bench.store().change(edit -> edit.root(SECOND.root()));

        importing(bundle(ALICE, 1, FIRST, 1514));

        assertThat(bench.store().rootCertificates()).containsExactly(SECOND.root(), FIRST.root());
    }

    @Test
    void takesARootCertificateOfATimeToCome() {
        bench.store().change(edit -> edit.root(FIRST.root()));

        importing(bundle(ALICE, 1, SECOND, 1515));

        assertThat(bench.store().rootCertificates()).containsExactly(SECOND.root(), FIRST.root());
    }

    @Test
    void refusesABundleOfAnotherSigner() {
        BundleSigner other = RegistrationImportTest.signer(pki.issue("other"));
        byte[] file = ProvisioningBundles.sign(content(ALICE, "phone", 1, FIRST, ALICE, 1514), other);

        assertThatThrownBy(() -> importing(file))
                .isInstanceOf(KmsClientException.class)
                .hasMessageContaining("not accepted");
    }

    @Test
    void refusesABundleForAnotherUserOrDevice() {
        assertThatThrownBy(() -> importing(bundle("sip:bob@example.org", 1, FIRST, 1514)))
                .isInstanceOf(KmsClientException.class)
                .hasMessageContaining("bob");
        byte[] tablet = ProvisioningBundles.sign(content(ALICE, "tablet", 1, FIRST, ALICE, 1514), signer);
        assertThatThrownBy(() -> importing(tablet))
                .isInstanceOf(KmsClientException.class)
                .hasMessageContaining("tablet");
    }

    @Test
    void refusesAnswersUnderOtherKeys() {
        KmsAnswerException refused =
                catchThrowableOfType(KmsAnswerException.class, () -> importing(bundle(ALICE, 5, FIRST, 1514)));

        assertThat(refused.fault()).isEqualTo(AnswerFault.WRONG_SIGNATURE);
        assertThat(bench.client().held()).isEmpty();
    }

    @Test
    void refusesKeySetsOfAnotherUserInside() {
        byte[] file =
                ProvisioningBundles.sign(content(ALICE, "phone", 1, FIRST, "sip:mallory@example.org", 1514), signer);

        assertThatThrownBy(() -> importing(file)).isInstanceOf(KeySetRejectedException.class);
        assertThat(bench.client().held()).isEmpty();
    }

    @Test
    void needsACertificateToTrust() {
        try (ClientKeyStore bare = ClientKeyStore.create(
                folder.resolve("bare.keys"), TestKeys.storeKey(1), bench.store().owner(), new SecureRandom())) {
            BundleImport imports = new BundleImport(bare, ReceptionPolicy.STANDARD, bench.clock);

            assertThatThrownBy(() -> imports.read(bundle(ALICE, 1, FIRST, 1514)))
                    .isInstanceOf(KmsClientException.class)
                    .hasMessageContaining("pins");
        }
    }

    @Test
    void refusesADamagedFile() {
        byte[] file = bundle(ALICE, 1, FIRST, 1514);
        file[file.length / 2] ^= 1;

        assertThatThrownBy(() -> importing(file)).isInstanceOf(KmsClientException.class);
        assertThat(bench.client().held()).isEmpty();
    }

    private List<KeySetSummary> importing(byte[] file) {
        return new BundleImport(bench.store(), ReceptionPolicy.STANDARD, bench.clock).read(file);
    }

    private static byte[] bundle(String user, int pair, TestEpoch epoch, long... periods) {
        return ProvisioningBundles.sign(content(user, "phone", pair, epoch, user, periods), signer);
    }

    private static ProvisioningBundle content(
            String user, String device, int pair, TestEpoch epoch, String keysOf, long... periods) {
        List<KmsKeySet> keySets = LongStream.of(periods)
                .mapToObj(period -> epoch.keySet(keysOf, new KeyPeriod(period)))
                .toList();
        return new ProvisioningBundle(
                KMS_URI,
                user,
                device,
                NOW,
                response(user, pair, new KmsInit(epoch.root())),
                response(user, pair, new KmsKeyProv(keySets)));
    }

    private static Octets response(String user, int pair, KmsAnswer answer) {
        try (KmsResponse response = new KmsResponse(user, KMS_URI, NOW, Optional.empty(), "bundle", answer);
                ClientKeys keys = TestKeys.clientKeys(pair, user)) {
            return Octets.copyOf(KmsResponseCodec.encode(
                    response,
                    WireDialect.STANDARD,
                    new ResponseProtection(Optional.of(keys.transportKey()), keys.integrityKey())));
        }
    }
}
