package org.mckms.mikeysakke.mikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.mikey.MikeyPayload.Extension;
import org.mckms.mikeysakke.vectors.UsesVectors;
import org.mckms.mikeysakke.vectors.VectorCase;
import org.mckms.mikeysakke.vectors.VectorFile;

/** The six published messages of two vendors: read, verified, opened, key parameters decrypted. */
@UsesVectors({"mikey/streamwide.json", "mikey/alea.json"})
class VendorMessageTest {
    /** What one of the six messages, in an older format, needs. */
    private static final MikeyLeniency LEGACY =
            MikeyLeniency.accepting(Deviation.SRTP_ID_MAP, Deviation.UNPROTECTED_PARAMETERS);

    private static final String LEGACY_NAME = "GMK (legacy format for IWF)";

    @TestFactory
    Stream<DynamicTest> opensTheMessagesOfStreamwide() {
        VectorFile file = VectorFile.load("mikey/streamwide.json");
        return file.tests(row -> assertOpens(new MessageCase(file.inputs(), row), leniencyOf(row)));
    }

    @TestFactory
    Stream<DynamicTest> opensTheMessagesOfAlea() {
        VectorFile file = VectorFile.load("mikey/alea.json");
        return file.tests(row -> assertOpens(new MessageCase(file.inputs(), row), MikeyLeniency.STRICT));
    }

    private static MikeyLeniency leniencyOf(VectorCase row) {
        return row.name().equals(LEGACY_NAME) ? LEGACY : MikeyLeniency.STRICT;
    }

    private static void assertOpens(MessageCase message, MikeyLeniency leniency) {
        VectorCase row = message.row();
        MikeyMessage parsed = message.parsed(leniency);

        assertThat(parsed.octets().size()).isEqualTo((int) row.number("totalOctets"));
        assertThat(parsed.csbId()).isEqualTo(message.csbId());
        assertThat(parsed.timestamp()).isEqualTo(message.timestamp());
        assertThat(parsed.rand()).isEqualTo(row.octets("rand"));
        assertThat(parsed.initiator().uid().orElseThrow().octets()).isEqualTo(row.octets("initiatorUid"));
        assertThat(parsed.responder().uid().orElseThrow().octets()).isEqualTo(row.octets("responderUid"));
        assertThat(parsed.initiatorKmsUri()).isEqualTo(message.kms().text("kmsUri"));
        assertThat(parsed.responderKmsUri()).isEqualTo(message.kms().text("kmsUri"));
        assertThat(message.verifies(parsed)).isTrue();
        try (OpenedKey opened = message.opened(parsed)) {
            assertThat(message.keyOf(opened)).isEqualTo(row.octets("key"));
            assertThat(opened.keyId()).isEqualTo(message.keyId());
            assertThat(opened.purpose()).isEqualTo(KeyPurpose.valueOf(row.text("purpose")));
            assertThat(opened.parameters().isPresent())
                    .isEqualTo(row.has("parameters") || row.name().equals(LEGACY_NAME));
            opened.parameters()
                    .ifPresent(parameters -> assertThat(parameters.purpose()).isEqualTo(opened.purpose()));
        }
    }

    @TestFactory
    Stream<DynamicTest> writesWhatItReadOctetForOctet() {
        return Stream.of("mikey/streamwide.json", "mikey/alea.json")
                .flatMap(path -> VectorFile.load(path).tests(row -> {
                    Octets octets = row.octets("message");
                    MessageParts parts = MessageReader.read(octets, leniencyOf(row), OctetReader.NOBODY);

                    assertThat(parts.encode()).isEqualTo(octets);
                    assertThat(MessageParts.toBeSigned(parts.header(), parts.payloads()))
                            .hasSize((int) row.number("signedOctets"));
                    assertThat("5 11 14 14 14 14 " + tail(parts) + " 4").isEqualTo(row.text("sequence"));
                }));
    }

    private static String tail(MessageParts parts) {
        return parts.payloads().stream()
                .skip(6)
                .map(payload -> Integer.toString(payload.type()))
                .collect(Collectors.joining(" "));
    }

    @TestFactory
    Stream<DynamicTest> decryptsTheKeyParametersAndSealsThemAgain() {
        return Stream.of("mikey/streamwide.json", "mikey/alea.json")
                .flatMap(path -> VectorFile.load(path).tests(row -> {
                    if (row.has("parameters")) {
                        assertSealsAgain(new MessageCase(row, row));
                    }
                }));
    }

    private static void assertSealsAgain(MessageCase message) {
        Octets data = MessageReader.read(message.row().octets("message"), MikeyLeniency.STRICT, OctetReader.NOBODY)
                .extension(Extension.KEY_PARAMETERS)
                .orElseThrow();
        OctetReader in = OctetReader.of(data, MikeyPart.KEY_PARAMETERS, OctetReader.NOBODY);
        ProtectedPayload payload = ProtectedPayload.decode(in, message.csbId());
        Octets plaintext = message.row().octets("parameters");
        try (var key = message.key()) {
            assertThat(ParameterProtection.open(key, payload)).contains(plaintext);
            assertThat(ParameterProtection.seal(key, payload.head(), plaintext).encode())
                    .isEqualTo(data);
        }
    }

    @Test
    void readsAGroupAndTimesFromTheParametersOfAlea() {
        MessageCase gmk = aleaGmk();
        try (OpenedKey opened = gmk.opened(gmk.parsed(MikeyLeniency.STRICT))) {
            assertThat(opened.parameters())
                    .contains(new KeyParameters(
                            KeyPurpose.GMK,
                            true,
                            false,
                            Optional.of(Instant.ofEpochSecond(1_758_980_858L)),
                            Optional.empty(),
                            "",
                            List.of("sip:g4.chat@veronica-cluster")));
        }
    }

    @Test
    void takesAKeyInServiceOfAleaAsSuchOnlyWhenItsStatusIsIgnored() {
        MessageCase gmk = aleaGmk();
        MikeyLeniency ignoring = MikeyLeniency.accepting(Deviation.STATUS_IGNORED);
        try (OpenedKey opened = gmk.opened(gmk.parsed(ignoring))) {
            assertThat(opened.parameters().orElseThrow().revoked()).isFalse();
        }
    }

    private static MessageCase aleaGmk() {
        VectorFile file = VectorFile.load("mikey/alea.json");
        return new MessageCase(file.inputs(), file.cases().get(0));
    }

    @Test
    void refusesTheLegacyMessageUnlessBothOfItsDeviationsAreSwitchedOn() {
        VectorFile file = VectorFile.load("mikey/streamwide.json");
        VectorCase legacy = file.cases().stream()
                .filter(row -> row.name().equals(LEGACY_NAME))
                .findFirst()
                .orElseThrow();
        byte[] octets = legacy.bytes("message");

        assertThatThrownBy(() -> MikeyMessage.parse(octets, MikeyLeniency.STRICT))
                .isInstanceOf(MalformedMikeyException.class)
                .hasMessageContaining("CS ID map type 0");
        assertThatThrownBy(() -> MikeyMessage.parse(octets, MikeyLeniency.accepting(Deviation.SRTP_ID_MAP)))
                .isInstanceOf(MalformedMikeyException.class);
        assertThatThrownBy(() -> MikeyMessage.parse(octets, MikeyLeniency.accepting(Deviation.UNPROTECTED_PARAMETERS)))
                .isInstanceOf(MalformedMikeyException.class);
    }

    @Test
    void readsTheSrtpIdMapOfTheLegacyMessage() {
        VectorFile file = VectorFile.load("mikey/streamwide.json");
        MikeyMessage legacy = new MessageCase(file.inputs(), file.cases().get(3)).parsed(LEGACY);

        assertThat(legacy.cryptoSessions()).isEmpty();
        assertThat(legacy.csIdMap())
                .isEqualTo(new CsIdMap.SrtpId(List.of(
                        new SrtpSession(0, Octets.fromHex("cafebabe"), Octets.fromHex("00000000")),
                        new SrtpSession(0, Octets.fromHex("00000000"), Octets.fromHex("00000000")))));
    }

    @Test
    void doesNotVerifyForAnotherSignerOrKms() {
        VectorFile streamwide = VectorFile.load("mikey/streamwide.json");
        MessageCase gmk =
                new MessageCase(streamwide.inputs(), streamwide.cases().get(0));
        MikeyMessage message = gmk.parsed(MikeyLeniency.STRICT);

        assertThat(message.verifies(gmk.verifier(), gmk.row().octets("responderUid")))
                .isFalse();
        assertThat(message.verifies(aleaGmk().verifier(), gmk.row().octets("initiatorUid")))
                .isFalse();
    }
}
