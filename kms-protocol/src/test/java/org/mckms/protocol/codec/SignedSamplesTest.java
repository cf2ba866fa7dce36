package org.mckms.protocol.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mckms.protocol.Fixtures;
import org.mckms.protocol.Samples;
import org.mckms.protocol.SecurityVectors;
import org.mckms.protocol.message.KmsKeyProv;
import org.mckms.protocol.message.KmsRequest;
import org.mckms.protocol.message.KmsResponse;
import org.mckms.protocol.security.ClientKeys;
import org.mckms.protocol.security.MessageSignature;
import org.mckms.protocol.security.NamedKey;
import org.mckms.protocol.xml.HardenedXml;
import org.mckms.protocol.xml.KmsSchema;
import org.xmlunit.builder.DiffBuilder;
import org.xmlunit.diff.Diff;

/** The signed samples, read and written again to the octet where canonical XML fixes it. */
class SignedSamplesTest {
    private static final KmsRequest REQUEST = new KmsRequest(
            Fixtures.ALICE,
            Fixtures.KMS,
            Instant.parse("2024-05-18T05:52:25Z"),
            Optional.of("client-1"),
            Optional.of("device-1"),
            Fixtures.ROOT_URL + "keyprov",
            Optional.empty());

    @Test
    void readsTheSignedRequest() throws IOException {
        ReceivedRequest received =
                KmsRequestCodec.read(Samples.octets(Samples.SIGNED_REQUEST), RequestLeniency.STANDARD);
        assertThat(received.request()).isEqualTo(REQUEST);
        MessageSignature signature = received.signature().orElseThrow();
        assertThat(signature.keyName()).isEqualTo(SecurityVectors.INK_NAME);
        assertThat(signature.verifies(SecurityVectors.ink())).isTrue();
    }

    @Test
    void writesTheSignedRequestWithItsDigestAndMac() throws IOException {
        byte[] octets = KmsRequestCodec.encodeSigned(REQUEST, SecurityVectors.ink());
        assertHasValuesOf(Samples.SIGNED_REQUEST, octets);
        assertSame(Samples.SIGNED_REQUEST, octets);
    }

    @Test
    void readsTheSignedResponseWithItsWrappedKeysAndItsNewKeys() throws IOException {
        try (ReceivedResponse received =
                KmsResponseCodec.read(Samples.octets(Samples.SIGNED_RESPONSE), SecurityVectors.receivingKeys())) {
            assertThat(received.keysWereWrapped()).isTrue();
            assertThat(received.signature().orElseThrow().keyName()).isEqualTo(SecurityVectors.INK_NAME);
            KmsKeyProv keyProv = (KmsKeyProv) received.response().message().orElseThrow();
            keyProv.keySets().get(0).rsk().use(key -> assertThat(key).isEqualTo(Fixtures.octets("userDecryptKey")));
            keyProv.keySets().get(0).ssk().use(key -> assertThat(key).isEqualTo(Fixtures.octets("userSigningKeySSK")));
            assertThat(keyProv.keySets().get(0).pvt().octets().toByteArray())
                    .isEqualTo(Fixtures.octets("userPubTokenPVT"));
            ClientKeys newKeys = keyProv.newKeys().orElseThrow();
            assertSameKey(newKeys.transportKey(), SecurityVectors.newKeys().transportKey());
            assertSameKey(newKeys.signingKey(), SecurityVectors.newKeys().signingKey());
        }
    }

    @Test
    void writesTheSignedResponseWithItsDigestAndMac() throws IOException {
        KmsKeyProv keyProv = new KmsKeyProv(List.of(Fixtures.keySet()), Optional.of(SecurityVectors.newKeys()));
        try (KmsResponse response = new KmsResponse(
                Fixtures.ALICE,
                Fixtures.KMS,
                Fixtures.ANSWERED,
                Optional.of("kms-1"),
                Fixtures.ROOT_URL + "keyprov",
                keyProv)) {
            byte[] octets = KmsResponseCodec.encode(
                    response,
                    WireDialect.STANDARD,
                    new ResponseProtection(Optional.of(SecurityVectors.trk()), Optional.of(SecurityVectors.ink())));
            assertHasValuesOf(Samples.SIGNED_RESPONSE, octets);
            assertSame(Samples.SIGNED_RESPONSE, octets);
        }
    }

    private static void assertSameKey(NamedKey key, NamedKey expected) {
        assertThat(key.name()).isEqualTo(expected.name());
        assertThat(key.key().constantTimeEquals(expected.key())).isTrue();
    }

    private static void assertHasValuesOf(String sample, byte[] octets) {
        assertThat(new String(octets, UTF_8))
                .contains(
                        "<DigestValue>" + SecurityVectors.signature(sample).getString("digestValue") + "</DigestValue>")
                .contains("<SignatureValue>" + SecurityVectors.signature(sample).getString("signatureValue")
                        + "</SignatureValue>");
    }

    /** Valid, and equal to the sample in every node. */
    private static void assertSame(String sample, byte[] octets) throws IOException {
        assertThatCode(() -> KmsSchema.validate(octets)).doesNotThrowAnyException();
        Diff difference = DiffBuilder.compare(HardenedXml.parse(Samples.octets(sample)))
                .withTest(HardenedXml.parse(octets))
                .checkForIdentical()
                .build();
        assertThat(difference.hasDifferences()).as(difference.toString()).isFalse();
    }
}
