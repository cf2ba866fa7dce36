package org.mckms.mikeysakke.mikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.mikeysakke.eccsi.EccsiVerifier;
import org.mckms.mikeysakke.mikey.MalformedMikeyException.Fault;
import org.mckms.mikeysakke.vectors.VectorFile;

/** One good message with anything changed: refused by the reader or by the signature, never by another error. */
class BadMessageTest {
    private static final MessageCase GOOD = good();
    private static final EccsiVerifier VERIFIER = GOOD.verifier();

    private static MessageCase good() {
        VectorFile file = VectorFile.load("mikey/domain-selfmade.json");
        return new MessageCase(file.inputs(), file.cases().get(0));
    }

    private static byte[] octets() {
        return GOOD.row().bytes("message");
    }

    private static boolean isAccepted(byte[] octets) {
        try {
            return MikeyMessage.parse(octets, MikeyLeniency.STRICT)
                    .verifies(VERIFIER, GOOD.row().octets("initiatorUid"));
        } catch (MalformedMikeyException e) {
            return false;
        }
    }

    @Test
    void acceptsTheMessageItself() {
        assertThat(isAccepted(octets())).isTrue();
    }

    @Test
    void rejectsEverySingleBitFlip() {
        int bits = octets().length * Byte.SIZE;

        List<Integer> accepted = IntStream.range(0, bits)
                .filter(bit -> {
                    byte[] flipped = octets();
                    flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
                    return isAccepted(flipped);
                })
                .boxed()
                .toList();

        assertThat(bits).isEqualTo(699 * 8);
        assertThat(accepted).isEmpty();
    }

    @Test
    void rejectsAMessageCutAtEveryOctet() {
        byte[] whole = octets();
        for (int size = 0; size < whole.length; size++) {
            byte[] cut = Arrays.copyOf(whole, size);
            assertThatThrownBy(() -> MikeyMessage.parse(cut, MikeyLeniency.STRICT))
                    .as("cut to %d octets", size)
                    .isInstanceOf(MalformedMikeyException.class);
        }
    }

    @Test
    void rejectsEachLengthOneMoreOneLessAndAtItsMaximum() {
        List<MikeyField> lengths = MikeyMessage.dissect(octets(), MikeyLeniency.STRICT).fields().stream()
                .filter(field -> field.name().contains("length")
                        || field.name().equals("#CS")
                        || field.name().equals("S and #P"))
                .toList();

        // of the map 4, RAND 1, identities 4, policy 1 + 10, SAKKE 1, extension 1 + 1, signature 1
        assertThat(lengths).hasSize(24);
        for (MikeyField field : lengths) {
            long value = Long.parseLong(field.octets().toHex(), 16);
            long maximum = (1L << field.octets().size() * Byte.SIZE) - 1;
            for (long changed : new long[] {value - 1, value + 1, maximum, 0}) {
                assertThat(changed == value || !isAccepted(with(field, changed)))
                        .as("%s of %s is %d", field.name(), field.part(), changed)
                        .isTrue();
            }
        }
    }

    private static byte[] with(MikeyField field, long value) {
        byte[] octets = octets();
        for (int i = 0; i < field.octets().size(); i++) {
            octets[field.offset() + i] =
                    (byte) (value >>> Byte.SIZE * (field.octets().size() - 1 - i));
        }
        return octets;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 129, 700})
    void rejectsTrailingOctets(int count) {
        byte[] longer = Arrays.copyOf(octets(), octets().length + count);

        assertFault(longer, Fault.TRAILING, count + " octets follow");
    }

    @Test
    void rejectsAMessageBeyondTheLimitBeforeReadingIt() {
        assertFault(new byte[MikeyMessage.MAX_OCTETS + 1], Fault.TOO_LONG, "65536 octets");
    }

    @Test
    void rejectsTheVBitAndCsbIdZero() {
        byte[] vBit = octets();
        vBit[MessageOffsets.V_AND_PRF] = (byte) 0x81;
        byte[] zero = octets();
        Arrays.fill(zero, MessageOffsets.CSB_ID, MessageOffsets.CSB_ID + 4, (byte) 0);

        assertFault(vBit, Fault.VALUE, "V bit");
        assertFault(zero, Fault.VALUE, "CSB ID is 0");
    }

    /** An offset, the value put there, and what is said of it. */
    @Test
    void rejectsValuesThatTheProfileDoesNotAllow() {
        assertValue(0, 2, "version is 2");
        assertValue(1, 0, "data type is 0");
        assertValue(MessageOffsets.V_AND_PRF, 2, "PRF func is 2");
        assertValue(MessageOffsets.MAP_TYPE, 0, "CS ID map type 0");
        assertValue(MessageOffsets.MAP_TYPE, 1, "CS ID map type 1 with 1");
        assertValue(MessageOffsets.CS_COUNT, 0, "CS ID map type 2 with 0");
        assertValue(11, 1, "Prot type is 1");
        assertValue(MessageOffsets.T + 1, 1, "TS type is 1");
        assertValue(MessageOffsets.RAND + 1, 15, "RAND has 15 octets");
        assertValue(MessageOffsets.IDR_I + 1, 2, "ID role 2 stands in the place of IDR_INITIATOR");
        assertValue(MessageOffsets.IDR_R + 1, 8, "ID role 8 stands in the place of IDR_RESPONDER");
        assertValue(MessageOffsets.IDR_I + 2, 2, "ID type is 2");
        assertValue(MessageOffsets.IDR_I + 5, 0xFF, "not UTF-8");
        assertValue(MessageOffsets.KMS_I_ROLE, 7, "ID role 7 stands in the place of IDR_INITIATOR_KMS");
        assertValue(MessageOffsets.SP + 2, 1, "prot type is 1");
        assertValue(MessageOffsets.SP + 8, 0, "policy param 0 is there twice");
        assertValue(MessageOffsets.SAKKE + 1, 2, "SAKKE params is 2");
        assertValue(MessageOffsets.SAKKE + 2, 1, "ID scheme is 1");
        assertValue(MessageOffsets.SAKKE + 4, 0x12, "SAKKE data has 274 octets");
        assertValue(MessageOffsets.EXTENSION + 4, 0x03, "message type 3");
        assertValue(MessageOffsets.EXTENSION + 15, 2, "payload algorithm is 2");
        assertValue(MessageOffsets.EXTENSION + 32, 0xAA, "DPPK-ID is not the CSB ID");
        assertValue(MessageOffsets.EXTENSION + 38, 15, "the tag alone 16");
        assertValue(MessageOffsets.SIGN, 0x10, "S type 1");
        assertValue(MessageOffsets.SIGN + 1, 0x20, "32 octets, not ECCSI with 129");
    }

    private static void assertValue(int offset, int value, String text) {
        byte[] octets = octets();
        octets[offset] = (byte) value;
        assertFault(octets, Fault.VALUE, text);
    }

    private static void assertFault(byte[] octets, Fault fault, String text) {
        assertThatThrownBy(() -> MikeyMessage.parse(octets, MikeyLeniency.STRICT))
                .hasMessageContaining(text)
                .isInstanceOfSatisfying(MalformedMikeyException.class, e -> assertThat(e.fault())
                        .isEqualTo(fault));
    }
}
