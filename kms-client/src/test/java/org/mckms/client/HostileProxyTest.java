package org.mckms.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mckms.client.ClientBench.ALICE;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.StubServer.Reply;
import org.mckms.client.store.TestKeys;
import org.mckms.protocol.codec.KmsResponseCodec;
import org.mckms.protocol.codec.ResponseProtection;
import org.mckms.protocol.codec.WireDialect;
import org.mckms.protocol.message.KmsError;
import org.mckms.protocol.message.KmsResponse;
import org.mckms.protocol.security.ClientKeys;
import org.mckms.protocol.security.NamedKey;

/**
 * Somebody who ends TLS between client and KMS: passes requests on, records answers, puts others in their place, and has
 * no key of either side. Nothing of that may outlast the attack.
 */
class HostileProxyTest {
    private static TestPki pki;

    @TempDir
    private Path folder;

    private ClientBench bench;

    @BeforeAll
    static void makeAuthority() {
        pki = new TestPki();
    }

    @BeforeEach
    void start() {
        bench = new ClientBench(pki, folder);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void cannotMakeTheClientForgetTheKeysThatTheKmsWentOverTo() {
        KmsClient client = bench.client();
        Reply[] recorded = new Reply[1];
        bench.server().answers(request -> {
            recorded[0] = bench.kms.apply(request);
            return recorded[0];
        });
        client.init();
        bench.kms.ordersRotation();
        bench.server().answers(bench.kms);
        client.init();
        assertThat(pendingSigner()).contains("ink.2." + ALICE);

        bench.clock.set(ClientBench.NOW.plus(Duration.ofSeconds(20)));
        int[] seen = new int[1];
        bench.server().answers(request -> {
            bench.kms.apply(request);
            seen[0]++;
            return seen[0] == 1 ? forgedRefusal() : recorded[0];
        });
        client.init();
        assertThat(seen[0]).isEqualTo(2);
        assertThat(bench.kms.activePair()).isEqualTo(2);
        assertThat(pendingSigner()).contains("ink.2." + ALICE);

        bench.server().answers(bench.kms);
        assertThat(client.init()).isEqualTo(ClientBench.FIRST.root());
        assertThat(pendingSigner()).isEmpty();
        assertThat(client.provision()).hasSize(1);
    }

    @Test
    void cannotDoMoreByRefusingThanMakeTheClientFail() {
        KmsClient client = bench.client();
        bench.kms.ordersRotation();
        client.init();
        bench.server().answers(request -> {
            bench.kms.apply(request);
            return forgedRefusal();
        });

        KmsRefusedException refused = catchThrowableOfType(KmsRefusedException.class, client::init);

        assertThat(refused.needsRegistration()).isTrue();
        assertThat(refused.signed()).isFalse();
        assertThat(pendingSigner()).contains("ink.2." + ALICE);
        bench.server().answers(bench.kms);
        assertThat(client.init()).isEqualTo(ClientBench.FIRST.root());
    }

    @Test
    void cannotPassARefusalOffAsOneThatTheKmsSigned() {
        assertThat(refusal(200, refused(Optional.of(TestKeys.named("ink.1." + ALICE, 3))))
                        .signed())
                .isTrue();
        KmsRefusedException genuine = refusal(403, refused(Optional.of(TestKeys.named("ink.1." + ALICE, 3))));
        assertThat(genuine.signed()).isTrue();
        assertThat(genuine.needsRegistration()).isTrue();

        KmsRefusedException forged = refusal(403, refused(Optional.of(TestKeys.named("ink.1." + ALICE, 4))));
        assertThat(forged.signed()).isFalse();
        assertThat(forged.needsRegistration()).isFalse();
        assertThat(refusal(200, refused(Optional.empty())).signed()).isFalse();
    }

    private KmsRefusedException refusal(int status, byte[] answer) {
        bench.server().answers(request -> Reply.xml(status, answer));
        return catchThrowableOfType(KmsRefusedException.class, bench.client()::init);
    }

    private Optional<String> pendingSigner() {
        try (ClientKeys pending = bench.store().pendingKeys().orElse(null)) {
            return Optional.ofNullable(pending).map(keys -> keys.signingKey().name());
        }
    }

    private Reply forgedRefusal() {
        return Reply.xml(403, refused(Optional.empty()));
    }

    private byte[] refused(Optional<NamedKey> signer) {
        try (KmsResponse response = new KmsResponse(
                        ALICE,
                        ClientBench.KMS_URI,
                        bench.clock.instant(),
                        Optional.empty(),
                        bench.address() + "/keymanagement/identity/v1/init",
                        new KmsError(4031, "a signature under a registered key is required"));
                ResponseProtection protection = new ResponseProtection(Optional.empty(), signer)) {
            return KmsResponseCodec.encode(response, WireDialect.STANDARD, protection);
        }
    }
}
