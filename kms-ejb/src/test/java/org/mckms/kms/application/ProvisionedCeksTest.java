package org.mckms.kms.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mckms.kms.application.ServerRig.ALICE;
import static org.mckms.kms.application.ServerRig.BOB;
import static org.mckms.kms.application.ServerRig.MCPTT;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mckms.kms.domain.ClientKind;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.cek.Cek;
import org.mckms.protocol.cek.CekEnd;
import org.mckms.protocol.cek.CekList;
import org.mckms.protocol.cek.CekQuery;
import org.mckms.protocol.cek.CekStatus;
import org.mckms.protocol.message.KmsKeyProv;
import org.mckms.protocol.message.KmsResponse;

/** Keys that come with the key sets of users, where the operator wants SIP messages protected. */
class ProvisionedCeksTest {

    private ServerRig rig = server("true");

    private static ServerRig server(String required) {
        return server(required, Map.of());
    }

    private static ServerRig server(String required, Map<String, String> changes) {
        Map<String, String> settings = new HashMap<>(ServerRig.WITH_CEKS);
        settings.put("kms.cek.required", required);
        settings.putAll(changes);
        ServerRig rig = new ServerRig(settings);
        rig.epoch();
        return rig;
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private static Optional<CekList> ceks(TestDevice device) {
        return ((KmsKeyProv) device.ask().response().answer()).ceks();
    }

    private Cek only(TestDevice device) {
        List<Cek> ceks = ceks(device).orElseThrow().ceks();
        assertThat(ceks).hasSize(1);
        return ceks.get(0);
    }

    @Test
    void aKeyComesWithTheKeySetsAndTheServerIsToldInTheSameTransaction() {
        TestDevice alice = TestDevice.registered(rig, ALICE, "default");
        CekDevice mcptt = CekDevice.server(rig, MCPTT);

        Cek pending = only(alice);
        assertThat(pending.status()).isEqualTo(CekStatus.PENDING);
        assertThat(pending.userUri()).isEmpty();
        assertThat(pending.session()).isEmpty();
        assertThat(rig.audit.events()).contains(AuditEvent.KEYS_PROVISIONED, AuditEvent.CEK_CREATED);

        Cek told = CekDevice.only(mcptt.list(new CekQuery(false, Optional.empty())));
        assertThat(CekDevice.octets(told)).isEqualTo(CekDevice.octets(pending));
        mcptt.acknowledge(CekDevice.stored(told));
        Cek active = only(alice);
        assertThat(active.status()).isEqualTo(CekStatus.ACTIVE);
        assertThat(active.keyId()).isEqualTo(pending.keyId());
    }

    /** A server that acknowledges no ends keeps nobody from the key sets. */
    @Test
    void keySetsComeWithoutAKeyWhereTooManyEndsAreNotAcknowledged() {
        rig.close();
        rig = server("true", Map.of("kms.cek.keys-per-user", "1"));
        TestDevice alice = TestDevice.registered(rig, ALICE, "default");
        CekDevice user = CekDevice.user(rig, ServerRig.user(ALICE), "other");
        for (int i = 0; i < 16; i++) {
            assertThat(ceks(alice)).isPresent();
            user.end(CekEnd.ofUser());
        }

        KmsKeyProv answer = (KmsKeyProv) alice.ask().response().answer();
        assertThat(answer.ceks()).isEmpty();
        assertThat(answer.keySets()).isNotEmpty();
    }

    @Test
    void twoDevicesOfOneUserHaveTheSameKey() {
        Octets one = CekDevice.octets(only(TestDevice.registered(rig, ALICE, "phone")));

        assertThat(CekDevice.octets(only(TestDevice.registered(rig, ALICE, "tablet"))))
                .isEqualTo(one);
        assertThat(CekDevice.octets(only(TestDevice.registered(rig, BOB, "phone"))))
                .isNotEqualTo(one);
    }

    @Test
    void noneComesWhereItIsNotRequired() {
        rig.close();
        rig = server("false");

        assertThat(ceks(TestDevice.registered(rig, ALICE, "default"))).isEmpty();
    }

    @Test
    void noneComesToWhoHasNoTransportKeyNorToServers() {
        try (KmsResponse plain = rig.provision(ServerRig.user(ALICE), ServerRig.request(ALICE));
                KmsResponse ofServer =
                        rig.provision(ServerRig.server(ClientKind.MC_SERVER, MCPTT), ServerRig.request(MCPTT))) {
            assertThat(((KmsKeyProv) plain.answer()).ceks()).isEmpty();
            assertThat(((KmsKeyProv) ofServer.answer()).ceks()).isEmpty();
        }
        assertThat(rig.audit.events()).doesNotContain(AuditEvent.CEK_CREATED);
    }
}
