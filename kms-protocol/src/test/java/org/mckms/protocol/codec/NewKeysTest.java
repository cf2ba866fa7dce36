package org.mckms.protocol.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mckms.protocol.Fixtures.ALICE;
import static org.mckms.protocol.Fixtures.ANSWERED;
import static org.mckms.protocol.Fixtures.KMS;
import static org.mckms.protocol.Fixtures.ROOT_URL;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mckms.protocol.Fixtures;
import org.mckms.protocol.Samples;
import org.mckms.protocol.SecurityVectors;
import org.mckms.protocol.element.KmsAnswer;
import org.mckms.protocol.message.KmsInit;
import org.mckms.protocol.message.KmsKeyProv;
import org.mckms.protocol.message.KmsResponse;
import org.mckms.protocol.message.Role;
import org.mckms.protocol.security.ClientKeys;
import org.mckms.protocol.security.NamedKey;
import org.mckms.protocol.xml.KmsSchema;

/** NewTransportKey and NewIntegrityKey, to and fro. */
class NewKeysTest {
    private static final WireDialect STANDARD = WireDialect.STANDARD;

    @Test
    void newKeysAreNeverSentInTheClear() {
        KmsAnswer answer = keyProv(Optional.of(SecurityVectors.newKeys()));
        assertThatThrownBy(() -> encode(answer, STANDARD, ResponseProtection.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("new keys are never sent in the clear, and there is no TrK");
    }

    @Test
    void writesTheInitSampleWithItsNewKeys() throws IOException {
        KmsInit init = new KmsInit(
                Fixtures.certificate(Role.ROOT, KMS, "example.org"), Optional.of(SecurityVectors.newKeys()));
        byte[] octets =
                encode(init, STANDARD, new ResponseProtection(Optional.of(SecurityVectors.trk()), Optional.empty()));
        assertThatCode(() -> KmsSchema.validate(octets)).doesNotThrowAnyException();
        String sample = Samples.text(Samples.INIT);
        String newKeys = sample.substring(sample.indexOf("<NewTransportKey"), sample.indexOf("</KmsInit>"));
        assertThat(text(octets).replace("></xenc:EncryptionMethod>", "/>"))
                .contains("<KmsInit Version=\"1.0.0\" xsi:type=\"KmsInitTkIkType\">")
                .contains(newKeys + "</KmsInit>");
    }

    @Test
    void withoutAnIntegrityKeyTheNewTransportKeyStandsAlone() {
        ClientKeys rel13 = new ClientKeys(SecurityVectors.newKeys().transportKey(), Optional.empty());
        NamedKey trk = SecurityVectors.trk();
        byte[] octets = encode(
                keyProv(Optional.of(rel13)),
                STANDARD,
                new ResponseProtection(Optional.of(trk), Optional.of(SecurityVectors.trk())));
        assertThatCode(() -> KmsSchema.validate(octets)).doesNotThrowAnyException();
        try (ClientKeys held = new ClientKeys(SecurityVectors.trk(), Optional.empty());
                ReceivedResponse received = KmsResponseCodec.read(octets, ReceivingKeys.of(held))) {
            ClientKeys newKeys = newKeys(received);
            assertThat(newKeys.transportKey().name()).isEqualTo(SecurityVectors.NEW_TRK_NAME);
            assertThat(newKeys.integrityKey()).isEmpty();
        }
    }

    @Test
    void aKeyThatIsNotRenewedStays() throws Exception {
        String unsigned = Samples.text(Samples.SIGNED_RESPONSE).replaceAll("<Signature .*</Signature>", "");
        byte[] onlyInk =
                unsigned.replaceAll("<NewTransportKey.*</NewTransportKey>", "").getBytes(UTF_8);
        try (ReceivedResponse received = KmsResponseCodec.read(onlyInk, SecurityVectors.receivingKeys())) {
            assertThat(newKeys(received).transportKey().name()).isEqualTo(SecurityVectors.TRK_NAME);
            assertThat(newKeys(received).signingKey().name()).isEqualTo(SecurityVectors.NEW_INK_NAME);
        }
        KmsAnswer onlyTrk =
                keyProv(Optional.of(new ClientKeys(SecurityVectors.newKeys().transportKey(), Optional.empty())));
        try (ReceivedResponse received =
                KmsResponseCodec.read(encode(onlyTrk, STANDARD, signedAndWrapped()), SecurityVectors.receivingKeys())) {
            assertThat(newKeys(received).transportKey().name()).isEqualTo(SecurityVectors.NEW_TRK_NAME);
            assertThat(newKeys(received).signingKey().name()).isEqualTo(SecurityVectors.INK_NAME);
            assertThat(received.wrappedUnder()).containsExactly(SecurityVectors.TRK_NAME);
        }
    }

    @Test
    void closingWhatWasReceivedWipesTheNewKeys() throws IOException {
        ReceivedResponse received =
                KmsResponseCodec.read(Samples.octets(Samples.SIGNED_RESPONSE), SecurityVectors.receivingKeys());
        ClientKeys newKeys = newKeys(received);
        received.close();
        assertThatThrownBy(newKeys::copy).isInstanceOf(IllegalStateException.class);
    }

    private static ClientKeys newKeys(ReceivedResponse received) {
        return ((KmsKeyProv) received.response().message().orElseThrow())
                .newKeys()
                .orElseThrow();
    }

    private static KmsKeyProv keyProv(Optional<ClientKeys> newKeys) {
        return new KmsKeyProv(List.of(Fixtures.keySet()), newKeys);
    }

    private static ResponseProtection signedAndWrapped() {
        return new ResponseProtection(Optional.of(SecurityVectors.trk()), Optional.of(SecurityVectors.ink()));
    }

    private static byte[] encode(KmsAnswer answer, WireDialect dialect, ResponseProtection protection) {
        KmsResponse response =
                new KmsResponse(ALICE, KMS, ANSWERED, Optional.of("kms-1"), ROOT_URL + "keyprov", answer);
        return KmsResponseCodec.encode(response, dialect, protection);
    }

    private static String text(byte[] octets) {
        return new String(octets, UTF_8);
    }
}
