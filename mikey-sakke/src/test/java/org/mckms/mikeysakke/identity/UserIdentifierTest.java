package org.mckms.mikeysakke.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.vectors.UsesVectors;
import org.mckms.mikeysakke.vectors.VectorFile;

@UsesVectors("identity/uid.json")
class UserIdentifierTest {
    private static final String USER = "sip:user@example.org";
    private static final String KMS = "kms.example.org";
    private static final KeyPeriodSchedule SCHEDULE = new KeyPeriodSchedule(2592000, 0);

    @TestFactory
    Stream<DynamicTest> isThePublishedHash() {
        return VectorFile.load("identity/uid.json").tests(row -> {
            String user = row.text("uri");
            String kms = row.text("kmsUri");
            long period = row.number("userKeyPeriod");
            long offset = row.number("userKeyOffset");
            long number = row.number("keyPeriodNo");

            assertThat(UserIdentifier.hashInput(user, kms, period, offset, number))
                    .isEqualTo(row.octets("S"));
            assertThat(UserIdentifier.format2(user, kms, period, offset, number).octets())
                    .isEqualTo(row.octets("uid"));
        });
    }

    @Test
    void isTheSameFromScheduleAndPeriod() {
        assertThat(UserIdentifier.format2(USER, KMS, SCHEDULE, new KeyPeriod(1388))
                        .octets()
                        .toHex())
                .isEqualToIgnoringCase("3a81fb14c3b1d0fe43c9c577104d55a6d81788bfd2f09743c4557746a5a0353b");
    }

    @Test
    void writesIntegersInTheirShortestForm() {
        assertThat(UserIdentifier.hashInput("u", "k", 0xFF, 0x100, Long.MAX_VALUE))
                .isEqualTo(Octets.fromHex("00" + "4D494B45592D53414B4B452D554944" + "000F" + "75" + "0001" + "6B"
                        + "0001" + "FF" + "0001" + "0100" + "0002" + "7FFFFFFFFFFFFFFF" + "0008"));
    }

    @Test
    void differsForAnotherUserKmsOrPeriod() {
        UserIdentifier uid = UserIdentifier.format2(USER, KMS, SCHEDULE, new KeyPeriod(1388));

        assertThat(UserIdentifier.format2("SIP:user@example.org", KMS, SCHEDULE, new KeyPeriod(1388)))
                .isNotEqualTo(uid);
        assertThat(UserIdentifier.format2(USER, KMS + "/", SCHEDULE, new KeyPeriod(1388)))
                .isNotEqualTo(uid);
        assertThat(UserIdentifier.format2(USER, KMS, SCHEDULE, new KeyPeriod(1389)))
                .isNotEqualTo(uid);
    }

    @Test
    void refusesWhatCannotBeHashed() {
        String tooLong = "x".repeat(65536);

        assertThatThrownBy(() -> UserIdentifier.format2("", KMS, 1, 0, 0)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> UserIdentifier.format2(USER, "", 1, 0, 0)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> UserIdentifier.format2(tooLong, KMS, 1, 0, 0))
                .isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> UserIdentifier.format2("\uDC00", KMS, 1, 0, 0))
                .isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> UserIdentifier.format2(USER, KMS, -1, 0, 0)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> UserIdentifier.format2(USER, KMS, 1, -1, 0)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> UserIdentifier.format2(USER, KMS, 1, 0, -1)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void takesTheLongestUri() {
        Octets input = UserIdentifier.hashInput("x".repeat(65535), KMS, 1, 0, 0);

        assertThat(input.slice(18 + 65535, 18 + 65537)).isEqualTo(Octets.fromHex("FFFF"));
    }

    @Test
    void has32Octets() {
        assertThatThrownBy(() -> new UserIdentifier(Octets.copyOf(new byte[31])))
                .isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> new UserIdentifier(Octets.copyOf(new byte[33])))
                .isInstanceOf(InvalidValueException.class);
    }

    @Test
    void isEncodedRawOrAsLowerCaseHexDigits() {
        UserIdentifier uid = new UserIdentifier(Octets.fromHex("AB".repeat(32)));

        assertThat(IdentityEncoding.RAW.identityOctets(uid)).isEqualTo(uid.octets());
        assertThat(IdentityEncoding.ASCII_HEX.identityOctets(uid)).isEqualTo(Octets.ofAscii("ab".repeat(32)));
    }
}
