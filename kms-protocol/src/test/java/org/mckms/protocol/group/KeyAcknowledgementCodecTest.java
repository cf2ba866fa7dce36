package org.mckms.protocol.group;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.mckms.protocol.group.GroupSamples.ALICE;
import static org.mckms.protocol.group.GroupSamples.changed;
import static org.mckms.protocol.group.GroupSamples.refusal;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.xml.GroupSchema;

/** The answer of a member to the keys of a group. */
class KeyAcknowledgementCodecTest {
    private static final String GROUP = "sip:fire-1@example.org";
    private static final KeyAcknowledgement SUCCESS = new KeyAcknowledgement(
            GROUP, 7, ALICE, List.of(new KeyIdentifier(0x0123_4567), new KeyIdentifier(0x4FED_CBA9)), Optional.empty());
    private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
            + "<KeyAcknowledgement xmlns=\"urn:mckms:group:1.0\"><Group>sip:fire-1@example.org</Group>"
            + "<Generation>7</Generation><Member>sip:alice@example.org</Member>"
            + "<KeyId>01234567</KeyId><KeyId>4FEDCBA9</KeyId></KeyAcknowledgement>";

    @Test
    void writesItsForm() {
        byte[] written = KeyAcknowledgementCodec.write(SUCCESS);
        assertThat(new String(written, UTF_8)).isEqualTo(XML);
        assertThatCode(() -> GroupSchema.validate(written)).doesNotThrowAnyException();
        assertThat(KeyAcknowledgementCodec.read(written)).isEqualTo(SUCCESS);
    }

    @ParameterizedTest
    @EnumSource(ReceptionFault.class)
    void carriesEachFaultByItsNumber(ReceptionFault fault) {
        KeyAcknowledgement failure = new KeyAcknowledgement(
                GROUP, KeyAcknowledgement.GENERATION_UNKNOWN, ALICE, List.of(), Optional.of(fault));
        byte[] written = KeyAcknowledgementCodec.write(failure);
        assertThat(new String(written, UTF_8)).contains("<Fault>" + fault.number() + "</Fault>");
        assertThatCode(() -> GroupSchema.validate(written)).doesNotThrowAnyException();
        assertThat(KeyAcknowledgementCodec.read(written)).isEqualTo(failure);
    }

    @Test
    void numbersOfFaultsStay() {
        assertThat(Arrays.stream(ReceptionFault.values()).mapToInt(ReceptionFault::number))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 13).boxed().toList());
        assertThat(ReceptionFault.ofNumber(13)).contains(ReceptionFault.STORAGE);
        assertThat(ReceptionFault.ofNumber(14)).isEmpty();
    }

    @Test
    void aMemberNeedNotKnowTheGeneration() {
        byte[] without = changed(XML, "<Generation>7</Generation>", "");
        assertThat(KeyAcknowledgementCodec.read(without).generation()).isEqualTo(KeyAcknowledgement.GENERATION_UNKNOWN);
        assertThatCode(() -> GroupSchema.validate(without)).doesNotThrowAnyException();
    }

    @ParameterizedTest(name = "{1} instead of {0}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "urn:mckms:group:1.0|urn:mckms:group:2.0|the root element is not a KeyAcknowledgement",
                "KeyAcknowledgement|RegroupTeardown|the root element is not a KeyAcknowledgement",
                "<Group>sip:fire-1@example.org</Group>|''|KeyAcknowledgement has no Group",
                "<Group>|<Group>sip:a@b</Group><Group>|KeyAcknowledgement has more than one Group",
                "<Member>sip:alice@example.org</Member>|''|KeyAcknowledgement has no Member",
                "sip:alice@example.org|sip:alice example.org|member contains white space",
                "<Generation>7|<Generation>-1|Generation is not a number from 0",
                "<Generation>7|<Generation>9223372036854775808|Generation is too large",
                "01234567|0123456|not a string of hex digit pairs",
                "01234567|0123456789|a key identifier has 4 octets",
                "01234567|4FEDCBA9|names a key twice",
                "<KeyId>01234567</KeyId><KeyId>4FEDCBA9</KeyId>|''|success names no key",
                "</KeyAcknowledgement>|<Fault>0</Fault></KeyAcknowledgement>|Fault is not a number from 1",
                "</KeyAcknowledgement>|<Fault>14</Fault></KeyAcknowledgement>|Fault 14 is not known",
                "</KeyAcknowledgement>|<Fault>STALE</Fault></KeyAcknowledgement>|Fault is not a number",
                "</KeyAcknowledgement>|<Other/></KeyAcknowledgement>|contains an element Other",
                "</KeyAcknowledgement>|stray</KeyAcknowledgement>|contains text between its elements",
            })
    void refusesWhatIsNoAcknowledgement(String from, String to, String reason) {
        KmsException refused = refusal(() -> KeyAcknowledgementCodec.read(changed(XML, from, to)));
        assertThat(refused.code()).isEqualTo(KmsErrorCode.MALFORMED_REQUEST);
        assertThat(refused).hasMessageContaining(reason);
    }

    @Test
    void refusesTooManyKeysAndTooManyOctets() {
        StringBuilder keys = new StringBuilder();
        IntStream.rangeClosed(0, KeyAcknowledgement.MAX_KEYS)
                .forEach(
                        i -> keys.append("<KeyId>").append(new KeyIdentifier(i)).append("</KeyId>"));
        assertThat(refusal(() -> KeyAcknowledgementCodec.read(
                        changed(XML, "<KeyId>01234567</KeyId><KeyId>4FEDCBA9</KeyId>", keys.toString()))))
                .hasMessageContaining("at most 16");
        byte[] large = changed(XML, "<Member>", " ".repeat(64 * 1024) + "<Member>");
        assertThat(refusal(() -> KeyAcknowledgementCodec.read(large)).code()).isEqualTo(KmsErrorCode.BODY_TOO_LARGE);
    }
}
