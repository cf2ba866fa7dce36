package org.mckms.kms.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mckms.kms.application.ServerRig.ALICE;
import static org.mckms.kms.application.ServerRig.GMS;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.kms.domain.ClientKind;
import org.mckms.kms.domain.ProvisioningRequest;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsResponse;

/** What a proxy that ends TLS takes away: plain keys for everybody, and unsigned requests for servers (decision 0011). */
class ProxiedCallersTest {

    private final ServerRig rig = new ServerRig();

    @BeforeEach
    void anEpoch() {
        rig.epoch();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private static AuthenticatedIdentity proxied(ClientKind kind, String uri) {
        return new AuthenticatedIdentity(
                kind, List.of(uri), "idm", "subject", "client", "192.0.2.9", Optional.of("edge"));
    }

    private void refuses(KmsErrorCode code, AuthenticatedIdentity caller, ProvisioningRequest request) {
        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(() -> rig.provision(caller, request))
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void plainKeysDoNotPassAProxy() {
        try (KmsResponse direct = rig.provision(ServerRig.user(ALICE), ServerRig.request(ALICE))) {
            assertThat(direct.userUri()).isEqualTo(ALICE);
        }
        refuses(KmsErrorCode.TRANSPORT_KEY_REQUIRED, proxied(ClientKind.MC_CLIENT, ALICE), ServerRig.request(ALICE));
    }

    @Test
    void aServerBehindAProxySigns() {
        try (KmsResponse direct = rig.provision(ServerRig.server(ClientKind.GMS, GMS), ServerRig.request(GMS))) {
            assertThat(direct.userUri()).isEqualTo(GMS);
        }
        refuses(KmsErrorCode.SIGNATURE_REQUIRED, proxied(ClientKind.GMS, GMS), ServerRig.request(GMS));
    }

    @Test
    void wrappedKeysPassToWhoeverSigns() {
        for (AuthenticatedIdentity caller :
                List.of(proxied(ClientKind.MC_CLIENT, ALICE), proxied(ClientKind.GMS, GMS))) {
            try (TestDevice device = TestDevice.registered(rig, caller.primaryUri(), "default");
                    KmsResponse response = rig.provision(caller, device.request())) {
                assertThat(response.userUri()).isEqualTo(caller.primaryUri());
                assertThat(rig.lastForm.isProtected()).isTrue();
                assertThat(rig.audit.last().event()).isEqualTo(AuditEvent.KEYS_PROVISIONED);
                assertThat(rig.audit.last().details()).containsEntry("proxy", "edge");
            }
        }
    }
}
