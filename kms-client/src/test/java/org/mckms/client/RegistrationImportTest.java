package org.mckms.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mckms.client.ClientBench.ALICE;
import static org.mckms.client.ClientBench.FIRST;
import static org.mckms.client.ClientBench.NOW;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.store.ClientKeyStore;
import org.mckms.client.store.StoreOwner;
import org.mckms.client.store.TestKeys;
import org.mckms.protocol.cms.BundleSigner;
import org.mckms.protocol.sealed.Opener;
import org.mckms.protocol.sealed.Recipient;
import org.mckms.protocol.sealed.RegistrationFile;
import org.mckms.protocol.sealed.RegistrationFiles;
import org.mckms.protocol.security.ClientKeys;

class RegistrationImportTest {
    private static final Instant NOT_AFTER = Instant.parse("2024-05-20T00:00:00Z");
    private static TestPki pki;
    private static BundleSigner signer;
    private static byte[] file;

    @TempDir
    private Path folder;

    @BeforeAll
    static void seal() {
        pki = new TestPki();
        signer = signer(pki.issue("kms.sign.bundle"));
        file = sealed(ALICE, 1, signer);
    }

    @Test
    void makesAStoreWithEverythingForTheFirstContact() {
        try (RegistrationImport opened = open(file);
                ClientKeyStore store =
                        opened.createStore(folder.resolve("a.keys"), TestKeys.storeKey(1), new SecureRandom())) {
            assertThat(store.owner()).isEqualTo(new StoreOwner(ClientBench.KMS_URI, ALICE, "phone"));
            assertThat(store.baseUrls()).containsExactly("https://kms.example.org:8443");
            assertThat(store.rootCertificates()).containsExactly(FIRST.root());
            assertThat(store.bundleSigner()).contains(signer.certificate());
            assertThat(keyName(store)).isEqualTo("ink.1." + ALICE);
            assertThat(opened.registration().registrationId()).isEqualTo("reg-1");
        }
    }

    @Test
    void renewsAStoreThatLostItsPlaceAndKeepsItsKeySets() throws Exception {
        try (ClientBench bench = new ClientBench(pki, Files.createDirectory(folder.resolve("bench")))) {
            bench.client().provision();
            bench.kms.knowsOnly(8);
            assertThatThrownBy(() -> bench.client().init()).isInstanceOf(KmsRefusedException.class);

            try (RegistrationImport opened = open(sealed(ALICE, 8, signer))) {
                opened.renew(bench.store());
            }

            assertThat(bench.client(settings -> settings.addresses(bench.address()))
                            .init())
                    .isEqualTo(FIRST.root());
            assertThat(bench.client().held()).hasSize(1);
            assertThat(keyName(bench.store())).isEqualTo("ink.8." + ALICE);
        }
    }

    @Test
    void refusesAStoreOfAnotherUser() {
        try (ClientKeyStore other = ClientKeyStore.create(
                        folder.resolve("b.keys"),
                        TestKeys.storeKey(1),
                        new StoreOwner(ClientBench.KMS_URI, "sip:bob@example.org", "phone"),
                        new SecureRandom());
                RegistrationImport opened = open(file)) {
            assertThatThrownBy(() -> opened.renew(other))
                    .isInstanceOf(KmsClientException.class)
                    .hasMessageContaining("bob");
            assertThat(other.isRegistered()).isFalse();
        }
    }

    @Test
    void refusesAnotherSignerThanTheOneThatIsPinned() {
        BundleSigner other = signer(pki.issue("another"));
        try (RegistrationImport first = open(file);
                ClientKeyStore store =
                        first.createStore(folder.resolve("c.keys"), TestKeys.storeKey(1), new SecureRandom());
                RegistrationImport second = open(sealed(ALICE, 9, other))) {
            assertThatThrownBy(() -> second.renew(store))
                    .isInstanceOf(KmsClientException.class)
                    .hasMessageContaining("pins");
            assertThat(keyName(store)).isEqualTo("ink.1." + ALICE);
        }
        assertThatThrownBy(() -> RegistrationImport.open(
                        file, opener("open sesame, forty-two times"), Optional.of(other.certificate()), NOW))
                .isInstanceOf(KmsClientException.class);
    }

    @Test
    void refusesAWrongPassphraseAndAnExpiredRegistration() {
        assertThatThrownBy(() -> RegistrationImport.open(
                        file, opener("another passphrase of some length"), Optional.empty(), NOW))
                .isInstanceOf(KmsClientException.class)
                .hasMessageContaining("not accepted");
        assertThatThrownBy(() -> RegistrationImport.open(
                        file, opener("open sesame, forty-two times"), Optional.empty(), NOT_AFTER.plusSeconds(1)))
                .isInstanceOf(KmsClientException.class)
                .hasMessageContaining("until " + NOT_AFTER);
    }

    private static RegistrationImport open(byte[] sealed) {
        return RegistrationImport.open(sealed, opener("open sesame, forty-two times"), Optional.empty(), NOW);
    }

    private static Opener opener(String passphrase) {
        return Opener.passphrase(passphrase.toCharArray());
    }

    private static byte[] sealed(String user, int pair, BundleSigner by) {
        ClientKeys keys = TestKeys.clientKeys(pair, user);
        try (RegistrationFile made = new RegistrationFile(
                "reg-1",
                ClientBench.KMS_URI,
                List.of("https://kms.example.org:8443"),
                user,
                "phone",
                keys,
                NOT_AFTER,
                FIRST.root())) {
            return RegistrationFiles.seal(
                    made, Recipient.passphrase("open sesame, forty-two times".toCharArray()), by, new SecureRandom());
        }
    }

    static BundleSigner signer(TestPki.Holder holder) {
        return new BundleSigner() {
            @Override
            public X509Certificate certificate() {
                return holder.certificate();
            }

            @Override
            public byte[] sign(byte[] message) {
                try {
                    Signature ecdsa = Signature.getInstance("SHA256withECDSA");
                    ecdsa.initSign(holder.key());
                    ecdsa.update(message);
                    return ecdsa.sign();
                } catch (GeneralSecurityException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
    }

    private static String keyName(ClientKeyStore store) {
        try (ClientKeys keys = store.activeKeys().orElseThrow()) {
            return keys.signingKey().name();
        }
    }
}
