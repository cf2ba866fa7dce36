package org.mckms.mikeysakke.mikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.mikey.MalformedMikeyException.Fault;
import org.mckms.mikeysakke.mikey.MikeyPayload.Extension;
import org.mckms.mikeysakke.mikey.MikeyPayload.Policy;
import org.mckms.mikeysakke.vectors.VectorFile;

/** The payloads of a good message, left out, doubled, moved or unknown. */
class PayloadOrderTest {
    private static final int SP = 6;
    private static final int SAKKE = 7;
    private static final int EXTENSION = 8;

    private static MessageParts good() {
        Octets octets =
                VectorFile.load("mikey/domain-selfmade.json").cases().get(0).octets("message");
        return MessageReader.read(octets, MikeyLeniency.STRICT, OctetReader.NOBODY);
    }

    private static byte[] changed(Consumer<List<MikeyPayload>> change) {
        MessageParts parts = good();
        List<MikeyPayload> payloads = new ArrayList<>(parts.payloads());
        change.accept(payloads);
        return new MessageParts(parts.header(), payloads, parts.signature())
                .encode()
                .toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, SAKKE})
    void rejectsAMessageWithoutAPayloadThatIsNeeded(int place) {
        assertMalformed(changed(payloads -> payloads.remove(place)));
    }

    @ParameterizedTest
    @ValueSource(ints = {SP, EXTENSION})
    void acceptsAMessageWithoutPolicyOrKeyParameters(int place) {
        byte[] octets = changed(payloads -> payloads.remove(place));

        assertThat(MikeyMessage.parse(octets, MikeyLeniency.STRICT).octets()).isEqualTo(Octets.copyOf(octets));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, SP, SAKKE, EXTENSION})
    void rejectsADoubledPayload(int place) {
        assertMalformed(changed(payloads -> payloads.add(place, payloads.get(place))));
        assertMalformed(changed(payloads -> payloads.add(payloads.get(place))));
    }

    @Test
    void namesTheFaultOfADoubledPayload() {
        assertFault(changed(payloads -> payloads.add(payloads.get(0))), Fault.DOUBLED, "type 5 follows the identities");
        assertFault(changed(payloads -> payloads.add(payloads.get(SP))), Fault.DOUBLED, "policy 0 is there twice");
        assertFault(changed(payloads -> payloads.add(payloads.get(SAKKE))), Fault.DOUBLED, "SAKKE is there twice");
        assertFault(changed(payloads -> payloads.add(payloads.get(EXTENSION))), Fault.DOUBLED, "extension 7");
    }

    @Test
    void rejectsEveryOtherOrderOfTheLeadingPayloads() {
        for (int first = 0; first < SP; first++) {
            for (int second = first + 1; second < SP; second++) {
                int one = first;
                int other = second;
                assertMalformed(changed(payloads -> Collections.swap(payloads, one, other)));
            }
        }
    }

    @Test
    void acceptsPolicySakkeAndExtensionsInAnyOrder() {
        for (int distance = 1; distance <= 2; distance++) {
            int turn = distance;
            byte[] octets = changed(payloads -> Collections.rotate(payloads.subList(SP, EXTENSION + 1), turn));

            MikeyMessage message = MikeyMessage.parse(octets, MikeyLeniency.STRICT);

            assertThat(message.octets()).isEqualTo(Octets.copyOf(octets));
            assertThat(message.policies()).containsExactly(SecurityPolicy.GROUP);
        }
    }

    @Test
    void acceptsPoliciesWithDifferentNumbers() {
        SecurityPolicy second = new SecurityPolicy(1, SecurityPolicy.PRIVATE.parameters());
        byte[] octets = changed(payloads -> payloads.add(new Policy(second)));

        assertThat(MikeyMessage.parse(octets, MikeyLeniency.STRICT).policies())
                .containsExactly(SecurityPolicy.GROUP, second);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 6, 7, 8, 9, 12, 20, 22, 255})
    void rejectsUnknownPayloads(int type) {
        byte[] octets = changed(payloads -> {});
        octets[MessageOffsets.SAKKE] = (byte) type;

        assertFault(octets, Fault.ORDER, "payload type " + type);
    }

    @Test
    void rejectsPayloadsThatEndWithoutASignature() {
        byte[] octets = changed(payloads -> {});
        octets[MessageOffsets.EXTENSION] = 0;

        assertFault(octets, Fault.ORDER, "end without SIGN");
    }

    @Test
    void rejectsASignatureThatIsNotTheLast() {
        byte[] octets = changed(payloads -> {});
        octets[MessageOffsets.SAKKE] = MikeyPayload.SIGN;

        assertMalformed(octets);
    }

    @Test
    void rejectsUnknownExtensionsAndSurplusInsideKnownOnes() {
        Octets one = Octets.fromHex("00");
        Extension parameters = (Extension) good().payloads().get(EXTENSION);
        Extension longer =
                new Extension(Extension.KEY_PARAMETERS, parameters.data().concat(one));
        Extension self = Extension.toSelf(good().the(MikeyPayload.Sakke.class).data());
        Extension longerSelf =
                new Extension(Extension.SAKKE_TO_SELF, self.data().concat(one));

        assertFault(changed(payloads -> payloads.add(new Extension(0, one))), Fault.ORDER, "extension of type 0");
        assertFault(changed(payloads -> payloads.set(EXTENSION, longer)), Fault.TRAILING, "KEY_PARAMETERS");
        assertFault(changed(payloads -> payloads.add(longerSelf)), Fault.TRAILING, "SAKKE_TO_SELF");
    }

    private static void assertMalformed(byte[] octets) {
        assertThatThrownBy(() -> MikeyMessage.parse(octets, MikeyLeniency.STRICT))
                .isInstanceOf(MalformedMikeyException.class);
    }

    private static void assertFault(byte[] octets, Fault fault, String text) {
        assertThatThrownBy(() -> MikeyMessage.parse(octets, MikeyLeniency.STRICT))
                .hasMessageContaining(text)
                .isInstanceOfSatisfying(MalformedMikeyException.class, e -> assertThat(e.fault())
                        .isEqualTo(fault));
    }
}
