package org.mckms.client.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mckms.client.group.TwoDomains.HOME;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mckms.client.TestDomain;
import org.mckms.client.TestPki;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.mikey.KeyPurpose;
import org.mckms.protocol.message.KmsKeySet;

/** The six messages of {@code vectors/mikey/domain-selfmade.json}, opened by their receivers with all checks. */
class PublishedMessageTest {
    private static final JsonObject VECTORS = TestDomain.load("/vectors/mikey/domain-selfmade.json");
    private static final TestPki PKI = new TestPki();

    @TempDir
    private Path folder;

    static Stream<JsonObject> messages() {
        return VECTORS.getJsonArray("cases").getValuesAs(JsonObject.class).stream();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void opens(JsonObject vector) throws Exception {
        Sender sender = new Sender(vector.getString("initiatorUri"), "kms.example.org");
        KeyPurpose purpose = KeyPurpose.valueOf(vector.getString("purpose"));

        try (TwoDomains world = new TwoDomains(PKI, folder)) {
            TestMember receiver = world.home(vector.getString("responderUri"));
            try (OpenedMessage opened = receiver.opening()
                    .open(
                            Octets.fromHex(vector.getString("message")),
                            new ExpectedMessage(
                                    Set.of(purpose), Set.of(sender), MessageWindow.INTERACTIVE, digest -> false))) {
                assertThat(opened.sender()).isEqualTo(sender);
                assertThat(opened.key().keyId().octets()).isEqualTo(Octets.fromHex(vector.getString("keyId")));
                assertThat(opened.key().rand()).isEqualTo(Octets.fromHex(vector.getString("rand")));
                assertThat(opened.key().key().<Octets>use(Octets::copyOf))
                        .isEqualTo(Octets.fromHex(vector.getString("key")));
            }
        }
    }

    @Test
    void areSix() {
        assertThat(messages()).hasSize(6);
    }

    @Test
    void haveReceiversWhoseKeysArePublishedToo() {
        TestDomain.Keys published = TestDomain.keysOf(TestDomain.ALICE);
        try (KmsKeySet alice = HOME.keySet(TestDomain.ALICE, TwoDomains.NOW)) {
            assertThat(alice.userId().octets()).isEqualTo(Octets.fromHex(published.uid()));
            assertThat(HOME.root().pubEncKey())
                    .isEqualTo(TestDomain.certificate().pubEncKey());
            assertThat(HOME.root().pubAuthKey())
                    .isEqualTo(TestDomain.certificate().pubAuthKey());
        }
    }
}
