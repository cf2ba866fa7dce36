package org.mckms.gms.infrastructure.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.KmsClient;
import org.mckms.client.store.ClientKeyStore;
import org.mckms.client.store.StoreKey;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.security.ClientKeys;
import org.mckms.protocol.security.NamedKey;

class GmsAccountTest {

    @TempDir
    Path folder;

    private GmsRig rig;

    @BeforeEach
    void set() throws IOException, GeneralSecurityException {
        rig = new GmsRig(folder);
    }

    private static void isNotReady(GmsAccount account, String sentence) {
        assertThat(account.state().up()).isFalse();
        assertThat(account.state().sentence()).contains(sentence);
        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(() -> account.ask(KmsClient::held))
                .satisfies(e -> assertThat(e.code()).isEqualTo(KmsErrorCode.NOT_READY));
    }

    private String keyInUse() {
        String[] name = new String[1];
        try (StoreKey key =
                        StoreKey.platform(new DataKeyWrap(rig.dataKeys, "kms.example.org", GmsRig.GMS, GmsRig.NODE));
                ClientKeyStore store = ClientKeyStore.open(rig.storeFile(), key, new SecureRandom());
                ClientKeys keys = store.activeKeys().orElseThrow()) {
            name[0] = keys.transportKey().name();
        }
        return name[0];
    }

    @Test
    void waitsUntilTheVaultIsActive() throws IOException {
        rig.register(1);
        rig.dataKeys.deactivate();

        try (GmsAccount account = rig.account()) {
            account.step();
            isNotReady(account, "the vault is not active");
            assertThat(rig.storeFile()).doesNotExist();

            rig.dataKeys.activate();
            account.step();

            assertThat(account.ask(KmsClient::identities)).containsExactly(GmsRig.GMS);
        }
    }

    @Test
    void keyStoreIsOfThisNodeAndForNobodyElse() throws IOException {
        rig.register(1);

        try (GmsAccount account = rig.account()) {
            account.step();
        }

        assertThat(rig.storeFile()).exists();
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(rig.storeFile().getParent())))
                .isEqualTo("rwx------");
        Files.move(rig.storeFile(), rig.storeFile().resolveSibling("gms-node-2.keys"));
        try (GmsAccount other = new GmsAccount(rig.settings(), rig.environment("node-2"))) {
            other.step();
            isNotReady(other, "does not open the key store");
        }
    }

    @Test
    void hasItsKeysAgainWithoutTheKms() throws IOException {
        try (GmsAccount account = rig.provisioned()) {
            Instant ends = TestKms.SCHEDULE.start(GmsRig.PERIOD.next());

            assertThat(account.state().up()).isTrue();
            assertThat(account.state().sentence()).startsWith("keys of kms.example.org until " + ends);

            rig.now = ends;
            assertThat(account.state().up()).isFalse();
            assertThat(account.state().sentence()).startsWith("no keys of kms.example.org for now");
        }
    }

    @Test
    void keysAreGoneWhileTheVaultIsNotActive() throws IOException {
        try (GmsAccount account = rig.provisioned()) {
            rig.dataKeys.deactivate();
            account.step();
            isNotReady(account, "the vault is not active");

            rig.dataKeys.activate();
            account.step();
            assertThat(account.state().up()).isTrue();
        }
    }

    @Test
    void anotherActivationOpensTheKeyStoreAnew() throws IOException {
        try (GmsAccount account = rig.provisioned()) {
            KmsClient before = account.ask(client -> client);
            account.step();
            assertThat(account.<KmsClient>ask(client -> client)).isSameAs(before);

            rig.dataKeys.activate();
            account.step();

            assertThat(account.<KmsClient>ask(client -> client)).isNotSameAs(before);
        }
    }

    @Test
    void closedAccountStaysClosed() throws IOException {
        GmsAccount account = rig.provisioned();

        account.close();
        account.step();

        isNotReady(account, "the server stops");
    }

    @Test
    void aRegistrationIsTakenOnceAndAnotherOneReplacesIt() throws IOException {
        rig.register(1);
        try (GmsAccount account = rig.account()) {
            account.step();
        }
        assertThat(keyInUse()).isEqualTo("tk.1");
        rig.change(edit -> {
            edit.pendingKeys(new ClientKeys(
                    NamedKey.takeFrom("tk.rotated", new byte[32]),
                    Optional.of(NamedKey.takeFrom("ink.rotated", new byte[32]))));
            edit.activatePendingKeys();
        });

        try (GmsAccount account = rig.account()) {
            account.step();
        }
        assertThat(keyInUse()).isEqualTo("tk.rotated");

        rig.register(9);
        try (GmsAccount account = rig.account()) {
            account.step();
        }
        assertThat(keyInUse()).isEqualTo("tk.9");
    }

    @Test
    void saysThatItIsNotRegistered() {
        try (GmsAccount account = rig.account()) {
            account.step();

            isNotReady(account, "cannot read the registration of the GMS");
        }
    }

    @Test
    void refusesARegistrationOfSomebodyElse() throws IOException {
        rig.register(rig.kms, "sip:alice@example.org", 1);

        try (GmsAccount account = rig.account()) {
            account.step();

            isNotReady(account, "the keys are those of sip:alice@example.org at kms.example.org");
            assertThat(rig.storeFile()).doesNotExist();
        }
    }

    @Test
    void refusesARegistrationAtAnotherKms() throws IOException {
        TestKms other = new TestKms(
                7, "partner.example", Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2028-01-01T00:00:00Z"));
        rig.register(other, GmsRig.GMS, 1);

        try (GmsAccount account = rig.account()) {
            account.step();

            isNotReady(account, "at kms.partner.example");
        }
    }

    @Test
    void refusesAWrongPassphraseAndTriesAgainLater() throws IOException {
        rig.register(1);
        String right = Files.readString(folder.resolve("passphrase"));
        Files.writeString(folder.resolve("passphrase"), "something else entirely 1\n");

        try (GmsAccount account = rig.account()) {
            account.step();
            isNotReady(account, "the registration file is not accepted");

            Files.writeString(folder.resolve("passphrase"), right);
            account.step();
            isNotReady(account, "the registration file is not accepted");

            rig.now = rig.now.plus(Duration.ofSeconds(15));
            account.step();
            assertThat(account.ask(KmsClient::identities)).containsExactly(GmsRig.GMS);
        }
    }

    @Test
    void aListOfDeniedSignersThatCannotBeReadKeepsTheKeyStoreClosed() throws IOException {
        Path list = folder.resolve("denied");
        rig.deniedSigners = Optional.of(list);
        try (GmsAccount account = rig.provisioned()) {
            isNotReady(account, "cannot read the denied signers");

            Files.writeString(list, "# nobody\n");
            rig.now = rig.now.plus(Duration.ofSeconds(15));
            account.step();

            assertThat(account.state().up()).isTrue();
        }
    }

    @Test
    void takesUpNewTlsFilesAndKeepsTheOldOnesWhileTheNewAreBroken() throws IOException {
        try (GmsAccount account = rig.provisioned()) {
            KmsClient before = account.ask(client -> client);
            String certificate = Files.readString(folder.resolve("gms.pem"));
            Files.writeString(folder.resolve("gms.pem"), "half a certif");
            Files.setLastModifiedTime(folder.resolve("gms.pem"), FileTime.from(GmsRig.NOW));
            account.step();
            assertThat(account.<KmsClient>ask(client -> client)).isSameAs(before);
            assertThat(account.state().up()).isTrue();

            Files.writeString(folder.resolve("gms.pem"), certificate);
            rig.now = rig.now.plus(Duration.ofSeconds(15));
            account.step();

            assertThat(account.<KmsClient>ask(client -> client)).isNotSameAs(before);
            assertThat(account.state().up()).isTrue();
        }
    }
}
