package org.mckms.mikeysakke.mikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.mikey.MalformedMikeyException.Fault;
import org.mckms.mikeysakke.sakke.SharedSecretValue;
import org.mckms.mikeysakke.vectors.UsesVectors;
import org.mckms.mikeysakke.vectors.VectorCase;
import org.mckms.mikeysakke.vectors.VectorFile;

/** What is refused unless it is switched on, and what no switch lets in. */
@UsesVectors("mikey/eazon.json")
class DeviationTest {
    private static final String EAZON = "mikey/eazon.json";
    private static final MikeyLeniency ALL = new MikeyLeniency(Set.of(Deviation.values()));

    /** Of the three messages of a vendor one has a PRF and a key of this profile. */
    @TestFactory
    Stream<DynamicTest> opensWhatASwitchCoversAndRefusesTheRest() {
        return VectorFile.load(EAZON).tests(row -> {
            if (row.number("prf") == 1) {
                assertOpensWithoutSignHeader(new MessageCase(row, row));
            } else {
                assertThatThrownBy(() -> MikeyMessage.parse(row.bytes("message"), ALL))
                        .isInstanceOfSatisfying(MalformedMikeyException.class, e -> {
                            assertThat(e.fault()).isEqualTo(Fault.VALUE);
                            assertThat(e).hasMessageContaining("PRF func is 2");
                        });
            }
        });
    }

    private static void assertOpensWithoutSignHeader(MessageCase message) {
        MikeyMessage lenient = message.parsed(MikeyLeniency.accepting(Deviation.SIGNATURE_WITHOUT_HEADER));

        assertThat(message.verifies(message.parsed(MikeyLeniency.STRICT))).isFalse();
        assertThat(message.verifies(lenient)).isTrue();
        try (SharedSecretValue ssv = message.decapsulated(lenient)) {
            assertThat(ssv.use(Octets::copyOf)).isEqualTo(message.row().octets("ssv"));
        }
    }

    @Test
    void acceptsTheStandardSignatureWhenTheOtherIsAcceptedToo() {
        MessageCase gmk = gmk();

        assertThat(gmk.verifies(gmk.parsed(MikeyLeniency.accepting(Deviation.SIGNATURE_WITHOUT_HEADER))))
                .isTrue();
    }

    @Test
    void takesKmsRolesByOrderOnlyWhenAsked() {
        byte[] octets = gmk().row().bytes("message");
        octets[MessageOffsets.KMS_I_ROLE] = 3;
        octets[MessageOffsets.KMS_R_ROLE] = 3;

        assertFault(octets, Fault.VALUE, "ID role 3");
        MikeyMessage parsed = MikeyMessage.parse(octets, MikeyLeniency.accepting(Deviation.KMS_ROLES_BY_ORDER));
        assertThat(parsed.initiatorKmsUri()).isEqualTo("kms.example.org");
        assertThat(parsed.responderKmsUri()).isEqualTo("kms.example.org");
    }

    @Test
    void ignoresTheVBitOnlyWhenAsked() {
        byte[] octets = gmk().row().bytes("message");
        octets[MessageOffsets.V_AND_PRF] |= (byte) 0x80;

        assertFault(octets, Fault.VALUE, "V bit");
        MikeyMessage parsed = MikeyMessage.parse(octets, MikeyLeniency.accepting(Deviation.ANSWER_EXPECTED));
        assertThat(parsed.octets()).isEqualTo(Octets.copyOf(octets));
    }

    @Test
    void skipsAnotherExtensionOnlyWhenAsked() {
        byte[] octets = gmk().row().bytes("message");
        octets[MessageOffsets.EXTENSION_TYPE] = 9;

        assertFault(octets, Fault.ORDER, "general extension of type 9");
        MikeyMessage parsed = MikeyMessage.parse(octets, MikeyLeniency.accepting(Deviation.OTHER_EXTENSIONS));
        assertThat(parsed.keyParameters()).isEmpty();
    }

    @Test
    void hasEachSwitchOffByDefault() {
        assertThat(Stream.of(Deviation.values()).filter(MikeyLeniency.STRICT::accepts))
                .isEmpty();
        assertThat(Stream.of(Deviation.values()).filter(ALL::accepts)).hasSize(Deviation.values().length);
    }

    /** What no table fixes: the IEI, and the time, the payload ID and the sequence number of the protected payload. */
    @Test
    void acceptsAnyIeiAndWhatIsIgnoredOnReceipt() {
        byte[] octets = gmk().row().bytes("message");
        int data = MessageOffsets.EXTENSION_TYPE + 3;
        for (int offset : List.of(data + 1, data + 5, data + 6, data + 9, data + 10, data + 32)) {
            octets[offset] ^= 0x5A;
        }

        MikeyMessage parsed = MikeyMessage.parse(octets, MikeyLeniency.STRICT);

        assertThat(gmk().verifies(parsed)).isFalse();
    }

    private static void assertFault(byte[] octets, Fault fault, String text) {
        assertThatThrownBy(() -> MikeyMessage.parse(octets, MikeyLeniency.STRICT))
                .isInstanceOfSatisfying(MalformedMikeyException.class, e -> {
                    assertThat(e.fault()).isEqualTo(fault);
                    assertThat(e).hasMessageContaining(text);
                });
    }

    private static MessageCase gmk() {
        VectorFile file = VectorFile.load("mikey/domain-selfmade.json");
        VectorCase first = file.cases().get(0);
        return new MessageCase(file.inputs(), first);
    }
}
