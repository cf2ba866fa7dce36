package org.mckms.mikeysakke.mikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.mikey.MikeyPayload.Extension;
import org.mckms.mikeysakke.mikey.MikeyRefusedException.Reason;
import org.mckms.mikeysakke.sakke.SharedSecretValue;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.mikeysakke.vectors.VectorCase;
import org.mckms.mikeysakke.vectors.VectorFile;

/** Keys that are not taken although the message can be read, each for its own reason. */
class MessageOpenerTest {
    private static final VectorCase GMK = row(0);
    private static final String ALICE = GMK.text("responderUri");
    private static final int EXTENSION = 8;

    private static VectorCase row(int index) {
        return VectorFile.load("mikey/domain-selfmade.json").cases().get(index);
    }

    private static MessageParts parts(VectorCase row) {
        return MessageReader.read(row.octets("message"), MikeyLeniency.STRICT, OctetReader.NOBODY);
    }

    private static void assertRefused(MessageParts parts, VectorCase row, String receiver, Reason reason) {
        MikeyMessage message = MikeyMessage.parse(parts.encode().toByteArray(), MikeyLeniency.STRICT);
        try (SharedSecretValue ssv = SharedSecretValue.takeFrom(row.bytes("key"))) {
            assertThatThrownBy(() -> message.open(ssv, receiver))
                    .isInstanceOfSatisfying(MikeyRefusedException.class, e -> assertThat(e.reason())
                            .isEqualTo(reason));
        }
    }

    @Test
    void refusesAMessageForAnotherReceiver() {
        assertRefused(parts(GMK), GMK, "sip:bob@example.org", Reason.WRONG_SPI);
    }

    @Test
    void refusesAnotherKey() {
        MikeyMessage message = MikeyMessage.parse(GMK.bytes("message"), MikeyLeniency.STRICT);
        try (SharedSecretValue other = SharedSecretValue.takeFrom(new byte[16])) {
            assertThatThrownBy(() -> message.open(other, ALICE)).isInstanceOf(MikeyRefusedException.class);
        }
    }

    @Test
    void refusesAnSpiOfAnotherLengthOrKey() {
        MessageParts parts = parts(GMK);
        for (String spi : List.of("", "028A86B1", "028A86B10811B546", "0811B545028A86B1")) {
            CsIdMap map = new CsIdMap.GenericId(
                    List.of(new CryptoSession(4, false, List.of(0), Octets.fromHex(""), Octets.fromHex(spi))));
            CommonHeader header = new CommonHeader(false, parts.header().csbId(), map);

            assertRefused(new MessageParts(header, parts.payloads(), parts.signature()), GMK, ALICE, Reason.WRONG_SPI);
        }
    }

    @Test
    void refusesAnUnknownPurposeTag() {
        assertRefused(withCsbId(parts(row(5)), 0x7403DFA8), row(5), "sip:bob@example.org", Reason.UNKNOWN_PURPOSE);
    }

    private static MessageParts withCsbId(MessageParts parts, int csbId) {
        CommonHeader header =
                new CommonHeader(false, new KeyIdentifier(csbId), parts.header().map());
        return new MessageParts(header, parts.payloads(), parts.signature());
    }

    /** Sealed under the right key, but not the octets that were sealed. */
    @Test
    void refusesParametersThatWereChanged() {
        Octets data = ((Extension) parts(GMK).payloads().get(EXTENSION)).data();
        for (int offset : List.of(1, 6, 10, 12, 27, 35, data.size() - 1)) {
            byte[] changed = data.toByteArray();
            changed[offset] ^= 1;

            assertRefused(withParameters(Octets.copyOf(changed)), GMK, ALICE, Reason.PARAMETERS_NOT_OPENED);
        }
    }

    @Test
    void refusesParametersOfAnotherKindOfKey() {
        assertRefused(sealed("01 00000001 0000000000 0000000000 0000"), GMK, ALICE, Reason.WRONG_KEY_TYPE);
        assertRefused(sealed("04 00000001 0000000000 0000000000 0000 0001 00"), GMK, ALICE, Reason.WRONG_KEY_TYPE);
    }

    @Test
    void refusesParametersThatAreMalformedInside() {
        for (String plaintext : List.of(
                "",
                "00 00000001 0000000000 00000000",
                "00 00000001 0000000000 0000000000 0001",
                "00 00000001 0000000000 0000000000 0001 FF 0001 00",
                "00 00000001 0000000000 0000000000 0000",
                "00 00000001 0000000000 0000000000 0000 0000",
                "00 00000001 0000000000 0000000000 0000 0001 01",
                "00 00000001 0000000000 0000000000 0000 0002 00 00",
                "00 00000001 0000000000 0000000000 0000 0005 01 7C 0001 61",
                "00 00000001 0000000000 0000000000 0000 0004 01 7B 0000",
                "00 00000001 0000000000 0000000000 0000 0005 01 7B 0002 61",
                "00 00000001 FFFFFFFFFF 0000000000 0000 0001 00",
                "07 00000001 0000000000 0000000000 0000 0001 00")) {
            assertRefused(sealed(plaintext), GMK, ALICE, Reason.MALFORMED_PARAMETERS);
        }
    }

    @Test
    void ignoresReservedOctetsAtTheEndOfTheParameters() {
        MessageParts parts = sealed("00 00000003 0000000001 00FFFFFFFF 0000 0001 00 C0FFEE");
        MikeyMessage message = MikeyMessage.parse(parts.encode().toByteArray(), MikeyLeniency.STRICT);
        try (SharedSecretValue ssv = SharedSecretValue.takeFrom(GMK.bytes("key"));
                OpenedKey opened = message.open(ssv, ALICE)) {
            KeyParameters parameters = opened.parameters().orElseThrow();

            assertThat(parameters.sharedWithGateway()).isTrue();
            assertThat(parameters.revoked()).isFalse();
            assertThat(parameters.activation().orElseThrow().getEpochSecond()).isEqualTo(1);
            assertThat(parameters.expiry()).isEmpty();
        }
    }

    private static MessageParts withParameters(Octets data) {
        MessageParts parts = parts(GMK);
        List<MikeyPayload> payloads = new ArrayList<>(parts.payloads());
        payloads.set(EXTENSION, new Extension(Extension.KEY_PARAMETERS, data));
        return new MessageParts(parts.header(), payloads, parts.signature());
    }

    private static MessageParts sealed(String plaintext) {
        MessageParts parts = parts(GMK);
        Octets head = ((Extension) parts.payloads().get(EXTENSION)).data().slice(0, 32);
        Octets content = Octets.fromHex(plaintext.replace(" ", ""));
        try (SecretOctets key = SecretOctets.takeFrom(GMK.bytes("key"))) {
            return withParameters(ParameterProtection.seal(key, head, content).encode());
        }
    }

    @Test
    void readsUnprotectedParametersInBothForms() {
        MikeyLeniency leniency = MikeyLeniency.accepting(Deviation.UNPROTECTED_PARAMETERS);

        assertThat(ParameterCodec.decodeUnprotected(Octets.fromHex("000000000100637f25cd006e9ecdcd"), leniency))
                .satisfies(parameters -> {
                    assertThat(parameters.purpose()).isEqualTo(KeyPurpose.GMK);
                    assertThat(parameters.revoked()).isFalse();
                    assertThat(parameters.activation().orElseThrow().getEpochSecond())
                            .isEqualTo(0x637F25CDL);
                    assertThat(parameters.expiry().orElseThrow().getEpochSecond())
                            .isEqualTo(0x6E9ECDCDL);
                });
        assertThat(ParameterCodec.decodeUnprotected(Octets.fromHex("0200000001000000000000000000000000"), leniency))
                .isEqualTo(KeyParameters.of(KeyPurpose.PCK, List.of()));
        assertThatThrownBy(() -> ParameterCodec.decodeUnprotected(
                        Octets.fromHex("0000000001000000000000000000000000"), leniency))
                .isInstanceOf(MikeyRefusedException.class);
    }
}
