package org.mckms.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mckms.benchmarks.load.AnswerCheck.WrongAnswerException;
import org.mckms.protocol.security.NamedKey;

/** The sample was signed with the XML signatures of the JDK and wrapped with two libraries; TrK = 00..1F, InK = 20..3F. */
class AnswerCheckTest {
    private static final String USER = "sip:alice@example.org";
    private static final String SSK = "90F0D850F188D288E720C7760A7220CCDDEFC42A9EBE41AE9FB5F4F0531AB4C6";

    private static Device device(int firstOfTransportKey, int firstOfIntegrityKey) {
        return new Device(
                USER,
                "token",
                NamedKey.takeFrom("tk.1." + USER, counting(firstOfTransportKey)),
                NamedKey.takeFrom("ink.1." + USER, counting(firstOfIntegrityKey)));
    }

    private static byte[] counting(int first) {
        byte[] key = new byte[NamedKey.KEY_OCTETS];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (first + i);
        }
        return key;
    }

    /** With start and end tags where the sample has empty-element tags, as the server writes it. */
    private static String sample() throws IOException {
        try (InputStream in = AnswerCheckTest.class.getResourceAsStream("/samples/signed-kms-response.xml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replaceAll("<([A-Za-z:]+)( [^<>]*)/>", "<$1$2></$1>");
        }
    }

    private static List<byte[]> opened(String answer, Device device)
            throws GeneralSecurityException, WrongAnswerException {
        return AnswerCheck.opened(answer.getBytes(StandardCharsets.UTF_8), device);
    }

    @Test
    void opensAnAnswerThatHolds() throws IOException, GeneralSecurityException, WrongAnswerException {
        List<byte[]> keys = opened(sample(), device(0x00, 0x20));

        assertThat(keys.get(0)).hasSize(257).startsWith(4);
        assertThat(HexFormat.of().withUpperCase().formatHex(keys.get(1))).isEqualTo(SSK);
        assertThat(keys.get(2)).hasSize(65).startsWith(4);
    }

    @Test
    void refusesWhatDoesNotHold() throws IOException {
        String sample = sample();

        assertThatExceptionOfType(WrongAnswerException.class)
                .isThrownBy(() -> opened(sample.replace("1514", "1515"), device(0x00, 0x20)))
                .withMessageContaining("digest");
        assertThatExceptionOfType(WrongAnswerException.class)
                .isThrownBy(() -> opened(sample, device(0x00, 0x21)))
                .withMessageContaining("signature");
        assertThatExceptionOfType(WrongAnswerException.class)
                .isThrownBy(() -> opened(sample.replace("ink.1.", "ink.9."), device(0x00, 0x20)))
                .withMessageContaining("another key");
        assertThatExceptionOfType(WrongAnswerException.class)
                .isThrownBy(() -> opened(sample.replace("Signed", ""), device(0x00, 0x20)))
                .withMessageContaining("not signed");
        assertThatIllegalStateException()
                .isThrownBy(() -> opened(sample, device(0x01, 0x20)))
                .withMessageContaining("unwrap");
    }
}
