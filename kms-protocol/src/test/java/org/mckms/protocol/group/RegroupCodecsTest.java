package org.mckms.protocol.group;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.mckms.protocol.group.GroupSamples.MESSAGE;
import static org.mckms.protocol.group.GroupSamples.OTHER_MESSAGE;
import static org.mckms.protocol.group.GroupSamples.TEMPORARY;
import static org.mckms.protocol.group.GroupSamples.changed;
import static org.mckms.protocol.group.GroupSamples.refusal;

import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.group.RegroupAcknowledgement.Outcome;
import org.mckms.protocol.xml.GroupSchema;

/** What two group management servers send each other about a regroup. */
class RegroupCodecsTest {
    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    private static final String PRIMARY = "sip:gms@a.example";
    private static final String PARTNER = "sip:gms@b.example";
    private static final RegroupNotification NOTIFICATION = new RegroupNotification(
            "0b2c-7",
            3,
            TEMPORARY,
            PRIMARY,
            PARTNER,
            List.of("sip:police@b.example", "sip:medics@b.example"),
            McService.MCPTT,
            new GktpDocument(McService.MCPTT, Optional.of(keys(MESSAGE)), Optional.of(keys(OTHER_MESSAGE))));
    private static final String NOTIFICATION_XML = HEAD + "<RegroupNotification xmlns=\"urn:mckms:group:1.0\">"
            + "<RegroupId>0b2c-7</RegroupId><Generation>3</Generation>"
            + "<TemporaryGroup>sip:tmp-7@example.org</TemporaryGroup><PrimaryGms>sip:gms@a.example</PrimaryGms>"
            + "<PartnerGms>sip:gms@b.example</PartnerGms><ConstituentGroup>sip:police@b.example</ConstituentGroup>"
            + "<ConstituentGroup>sip:medics@b.example</ConstituentGroup>"
            + "<Keys><GKTPs xmlns=\"urn:3gpp:ns:mcpttGKTP:1.0\">"
            + "<GMK-GKTPs><on-network-regrouped-GKTPs temporary-MCPTT-group-ID=\"sip:tmp-7@example.org\">"
            + "<GKTP id=\"sip:gms@b.example\">011A0501</GKTP></on-network-regrouped-GKTPs></GMK-GKTPs>"
            + "<MKFC-GKTPs><on-network-regrouped-GKTPs temporary-MCPTT-group-ID=\"sip:tmp-7@example.org\">"
            + "<GKTP id=\"sip:gms@b.example\">011A05010000002A</GKTP></on-network-regrouped-GKTPs></MKFC-GKTPs>"
            + "</GKTPs></Keys></RegroupNotification>";
    private static final RegroupAcknowledgement FAILED = new RegroupAcknowledgement(
            "0b2c-7", 3, PARTNER, Outcome.FAILED, 12, 9, 3, Optional.of("signature is not that of the initiator"));
    private static final String FAILED_XML = HEAD + "<RegroupAcknowledgement xmlns=\"urn:mckms:group:1.0\">"
            + "<RegroupId>0b2c-7</RegroupId><Generation>3</Generation><PartnerGms>sip:gms@b.example</PartnerGms>"
            + "<Outcome>FAILED</Outcome><Members>12</Members><Acknowledged>9</Acknowledged><Failed>3</Failed>"
            + "<Reason>signature is not that of the initiator</Reason></RegroupAcknowledgement>";
    private static final RegroupTeardown TEARDOWN = new RegroupTeardown("0b2c-7", TEMPORARY, PRIMARY, PARTNER);
    private static final String TEARDOWN_XML = HEAD + "<RegroupTeardown xmlns=\"urn:mckms:group:1.0\">"
            + "<RegroupId>0b2c-7</RegroupId><TemporaryGroup>sip:tmp-7@example.org</TemporaryGroup>"
            + "<PrimaryGms>sip:gms@a.example</PrimaryGms><PartnerGms>sip:gms@b.example</PartnerGms></RegroupTeardown>";
    private static final RegroupRekeyRequest REKEY = new RegroupRekeyRequest("0b2c-7", 3, TEMPORARY, PRIMARY, PARTNER);
    private static final String REKEY_XML = HEAD + "<RegroupRekeyRequest xmlns=\"urn:mckms:group:1.0\">"
            + "<RegroupId>0b2c-7</RegroupId><Generation>3</Generation>"
            + "<TemporaryGroup>sip:tmp-7@example.org</TemporaryGroup>"
            + "<PrimaryGms>sip:gms@a.example</PrimaryGms><PartnerGms>sip:gms@b.example</PartnerGms></RegroupRekeyRequest>";

    @Test
    void writesANotificationWithBothKeys() {
        byte[] written = RegroupNotificationCodec.write(NOTIFICATION);
        assertThat(new String(written, UTF_8)).isEqualTo(NOTIFICATION_XML);
        assertThatCode(() -> GroupSchema.validate(written)).doesNotThrowAnyException();
        assertThat(RegroupNotificationCodec.read(written)).isEqualTo(NOTIFICATION);
    }

    @Test
    void theServiceIsThatOfTheKeys() {
        byte[] video = changed(NOTIFICATION_XML, "mcpttGKTP", "mcvideoGKTP");
        assertThat(RegroupNotificationCodec.read(video).service()).isEqualTo(McService.MCVIDEO);
        assertThatCode(() -> GroupSchema.validate(video)).doesNotThrowAnyException();
        assertThatCode(() -> new RegroupNotification(
                        "1", 1, TEMPORARY, PRIMARY, PARTNER, List.of("a:b"), McService.MCVIDEO, NOTIFICATION.keys()))
                .hasMessageContaining("carries keys of MCPTT");
    }

    @Test
    void writesAnAcknowledgement() {
        byte[] written = RegroupAcknowledgementCodec.write(FAILED);
        assertThat(new String(written, UTF_8)).isEqualTo(FAILED_XML);
        assertThatCode(() -> GroupSchema.validate(written)).doesNotThrowAnyException();
        assertThat(RegroupAcknowledgementCodec.read(written)).isEqualTo(FAILED);
        RegroupAcknowledgement settled =
                new RegroupAcknowledgement("1", 1, PARTNER, Outcome.SETTLED, 5, 5, 0, Optional.empty());
        assertThat(RegroupAcknowledgementCodec.read(RegroupAcknowledgementCodec.write(settled)))
                .isEqualTo(settled);
    }

    @Test
    void writesATeardown() {
        byte[] written = RegroupTeardownCodec.write(TEARDOWN);
        assertThat(new String(written, UTF_8)).isEqualTo(TEARDOWN_XML);
        assertThatCode(() -> GroupSchema.validate(written)).doesNotThrowAnyException();
        assertThat(RegroupTeardownCodec.read(written)).isEqualTo(TEARDOWN);
    }

    @ParameterizedTest(name = "{1} instead of {0}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "group:1.0|group:1.1|the root element is not a RegroupNotification",
                "0b2c-7|../7|a regroup id is not 1 to 64 letters",
                "<Generation>3</Generation>|''|RegroupNotification has no Generation",
                "<Generation>3|<Generation>0|Generation is not a number from 1",
                "<PartnerGms>sip:gms@b.example</PartnerGms>|''|RegroupNotification has no PartnerGms",
                "<PrimaryGms>sip:gms|<PrimaryGms>sip gms|primary GMS contains white space",
                "<Keys>|<Group>a:b</Group><Keys>|contains an element Group that does not belong there",
                "<Keys>|<Keys><x xmlns=\"urn:x\"/>|Keys contains more than one element",
                "urn:3gpp:ns:mcpttGKTP:1.0|urn:3gpp:ns:mcdataGKTP:1.0|no element GKTPs of a namespace that is known",
                "<GKTPs xmlns=\"urn:3gpp:ns:mcpttGKTP:1.0\">|<GKTPs>|no element GKTPs of a namespace that is known",
                "<GKTP id=\"sip:gms@b.example\">|<GKTP>|GKTP has no id",
                "011A05010000002A|0|GKTP is neither hex nor base64",
            })
    void refusesWhatIsNoNotification(String from, String to, String reason) {
        refused(() -> RegroupNotificationCodec.read(changed(NOTIFICATION_XML, from, to)), reason);
    }

    @Test
    void refusesANotificationWithoutKeysOrGroupsOrWithTooManyGroups() {
        String keys =
                NOTIFICATION_XML.substring(NOTIFICATION_XML.indexOf("<GKTPs"), NOTIFICATION_XML.indexOf("</Keys>"));
        refused(() -> RegroupNotificationCodec.read(changed(NOTIFICATION_XML, keys, "")), "Keys is empty");
        String groups = "<ConstituentGroup>sip:police@b.example</ConstituentGroup>"
                + "<ConstituentGroup>sip:medics@b.example</ConstituentGroup>";
        refused(() -> RegroupNotificationCodec.read(changed(NOTIFICATION_XML, groups, "")), "names 0 groups");
        String many = "<ConstituentGroup>a:b</ConstituentGroup>".repeat(65);
        refused(() -> RegroupNotificationCodec.read(changed(NOTIFICATION_XML, groups, many)), "names 65 groups");
    }

    @ParameterizedTest(name = "{1} instead of {0}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "RegroupAcknowledgement|RegroupNotification|the root element is not a RegroupAcknowledgement",
                "FAILED<|LOST<|Outcome is none of STORED, SETTLED and FAILED",
                "FAILED<|failed<|Outcome is none of STORED, SETTLED and FAILED",
                "<Members>12|<Members>11|counts 9 and 3 of 11 members",
                "<Members>12|<Members>2147483648|Members is not a number from 0 to 2147483647",
                "<Failed>3|<Failed>-3|Failed is not a number from 0",
                "<Failed>3</Failed>|''|RegroupAcknowledgement has no Failed",
                "<Reason>|<Reason>a</Reason><Reason>|has more than one Reason",
            })
    void refusesWhatIsNoAcknowledgement(String from, String to, String reason) {
        refused(() -> RegroupAcknowledgementCodec.read(changed(FAILED_XML, from, to)), reason);
    }

    @ParameterizedTest(name = "{1} instead of {0}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "RegroupTeardown|RegroupNotification|the root element is not a RegroupTeardown",
                "<RegroupId>0b2c-7</RegroupId>|''|RegroupTeardown has no RegroupId",
                "0b2c-7|<b/>|RegroupId contains elements, text expected",
                "</RegroupTeardown>|<Keys/></RegroupTeardown>|contains an element Keys that does not belong there",
            })
    void refusesWhatIsNoTeardown(String from, String to, String reason) {
        refused(() -> RegroupTeardownCodec.read(changed(TEARDOWN_XML, from, to)), reason);
    }

    @Test
    void writesAWishForNewKeys() {
        byte[] written = RegroupRekeyRequestCodec.write(REKEY);
        assertThat(new String(written, UTF_8)).isEqualTo(REKEY_XML);
        assertThatCode(() -> GroupSchema.validate(written)).doesNotThrowAnyException();
        assertThat(RegroupRekeyRequestCodec.read(written)).isEqualTo(REKEY);
    }

    @ParameterizedTest(name = "{1} instead of {0}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "RegroupRekeyRequest|RegroupTeardown|the root element is not a RegroupRekeyRequest",
                "<Generation>3</Generation>|''|RegroupRekeyRequest has no Generation",
                "<Generation>3|<Generation>0|Generation is not a number from 1",
                "0b2c-7|0b2c 7|a regroup id is not 1 to 64 letters",
                "<PartnerGms>sip:gms@b.example</PartnerGms>|''|RegroupRekeyRequest has no PartnerGms",
                "</RegroupRekeyRequest>|<Keys/></RegroupRekeyRequest>|contains an element Keys that does not belong there",
            })
    void refusesWhatIsNoWishForNewKeys(String from, String to, String reason) {
        refused(() -> RegroupRekeyRequestCodec.read(changed(REKEY_XML, from, to)), reason);
    }

    private static void refused(ThrowingCallable act, String reason) {
        KmsException refused = refusal(act);
        assertThat(refused.code()).isEqualTo(KmsErrorCode.MALFORMED_REQUEST);
        assertThat(refused).hasMessageContaining(reason);
    }

    private static KeyTransports keys(Octets message) {
        return KeyTransports.of(new RegroupedTransports(TEMPORARY, List.of(new Gktp(PARTNER, message))));
    }
}
