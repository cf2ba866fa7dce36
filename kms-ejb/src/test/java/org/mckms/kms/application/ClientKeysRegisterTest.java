package org.mckms.kms.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mckms.kms.application.ServerRig.ALICE;
import static org.mckms.kms.application.ServerRig.BOB;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mckms.kms.domain.ClientKeysId;
import org.mckms.kms.domain.ClientKeysRecord;
import org.mckms.kms.domain.ClientKeysState;
import org.mckms.kms.domain.OpenedClientKeys;
import org.mckms.kms.domain.StoredClientKeys;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.security.ClientKeys;
import org.mckms.protocol.security.NamedKey;

/** What operators and jobs do to the keys of devices. */
class ClientKeysRegisterTest {

    private final ServerRig rig = new ServerRig();

    @AfterEach
    void close() {
        rig.close();
    }

    private static NamedKey key(String name) {
        return NamedKey.takeFrom(name, "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
    }

    private ClientKeysRecord imported(String owner, String device, String... names) {
        try (ClientKeys keys =
                new ClientKeys(key(names[0]), names.length > 1 ? Optional.of(key(names[1])) : Optional.empty())) {
            return rig.transactions.inNew(() -> rig.clientKeys.register(
                    new ClientKeysId(owner, device), keys, Optional.empty(), rig.time.instant()));
        }
    }

    private void refuses(KmsErrorCode code, Runnable act) {
        assertThatExceptionOfType(KmsException.class).isThrownBy(act::run).satisfies(e -> assertThat(e.code())
                .isEqualTo(code));
    }

    private Optional<String> opened(Optional<String> device) {
        return rig.transactions.inNew(
                () -> rig.clientKeys.openDefault(ALICE, device).map(keys -> {
                    try (OpenedClientKeys open = keys) {
                        return open.record().id().device();
                    }
                }));
    }

    @Test
    void keepsNamesThatTheSiteHasChosen() {
        ClientKeysRecord record = imported(ALICE, "phone", "their TrK", "their InK");

        assertThat(record.state()).isEqualTo(ClientKeysState.REGISTERED);
        assertThat(record.activeNames()).containsExactly("their TrK", "their InK");
        assertThat(record.number()).isEqualTo(1);
        assertThat(record.revision()).isEqualTo(1);
        assertThat(record.keyLabel()).isEqualTo("kms.store.client.1");
        assertThat(rig.transactions.inNew(() -> rig.clientKeys.nextNames(ALICE)).transport())
                .isEqualTo("tk.2." + ALICE);
    }

    @Test
    void aNameBelongsToOneDeviceOfAnIdentity() {
        imported(ALICE, "phone", "a", "b");

        refuses(KmsErrorCode.CONFLICT, () -> imported(ALICE, "tablet", "c", "a"));
        imported(BOB, "phone", "a", "b");
        assertThat(imported(ALICE, "phone", "a", "b").revision()).isEqualTo(2);
    }

    @Test
    void aDeviceThatNamesNoKeyIsTheDefaultOrTheOnlyOne() {
        assertThat(opened(Optional.empty())).isEmpty();
        imported(ALICE, "phone", "a");
        assertThat(opened(Optional.empty())).contains("phone");
        imported(ALICE, "tablet", "b");
        assertThat(opened(Optional.empty())).isEmpty();
        imported(ALICE, ClientKeysId.DEFAULT_DEVICE, "c");
        assertThat(opened(Optional.empty())).contains("default");
        assertThat(opened(Optional.of("tablet"))).contains("tablet");
        assertThat(opened(Optional.of("watch"))).isEmpty();
    }

    @Test
    void aRevokedDeviceIsNoDefault() {
        imported(ALICE, "phone", "a");
        revoke(ALICE);

        assertThat(opened(Optional.of("phone"))).isEmpty();
        refuses(KmsErrorCode.CONFLICT, () -> order("phone"));
        refuses(KmsErrorCode.NOT_FOUND, () -> order("watch"));
        refuses(KmsErrorCode.NOT_FOUND, () -> revoke(BOB));
    }

    private void order(String device) {
        rig.transactions.inNew(() -> rig.clientKeys.orderRotation(new ClientKeysId(ALICE, device)));
    }

    private void revoke(String owner) {
        rig.transactions.inNew(() -> rig.clientKeys.revoke(new ClientKeysId(owner, "phone"), rig.time.instant()));
    }

    @Test
    void aStoreKeySealsNoMoreThanItMay() {
        rig.database.tamper("INSERT INTO kms_seal_count VALUES ('kms.store.client.1', 268435455)");
        imported(ALICE, "phone", "a");

        refuses(KmsErrorCode.NOT_READY, () -> imported(ALICE, "tablet", "b"));

        rig.ceremony.completeTokenKeys(ServerRig.OFFICER);
        assertThat(imported(ALICE, "tablet", "b").keyLabel()).isEqualTo("kms.store.client.2");
        assertThat(opened(Optional.of("phone"))).contains("phone");
    }

    @Test
    void pagesGoOnWhereTheLastOneEnded() {
        for (String device : List.of("c", "a", "b")) {
            imported(ALICE, device, "key of " + device);
        }
        imported(BOB, "a", "key");

        List<StoredClientKeys> first = rig.transactions.inNew(() -> rig.clientKeys.page(Optional.empty(), 2));
        List<StoredClientKeys> second =
                rig.transactions.inNew(() -> rig.clientKeys.page(Optional.of(new ClientKeysId(ALICE, "b")), 5));

        assertThat(first).extracting(StoredClientKeys::id).containsExactly(ALICE + " on a", ALICE + " on b");
        assertThat(second).extracting(StoredClientKeys::id).containsExactly(ALICE + " on c", BOB + " on a");
    }

    @Test
    void saysWhetherARowIsIntact() {
        imported(ALICE, "phone", "a");
        ClientKeysId id = new ClientKeysId(ALICE, "phone");
        assertThat(intact(id)).isTrue();

        rig.database.tamper("UPDATE kms_client_keys SET active_names = 'b'");

        assertThat(intact(id)).isFalse();
    }

    private boolean intact(ClientKeysId id) {
        return rig.transactions.inNew(
                () -> rig.clientKeys.isIntact(rig.clientKeys.find(id).orElseThrow()));
    }
}
