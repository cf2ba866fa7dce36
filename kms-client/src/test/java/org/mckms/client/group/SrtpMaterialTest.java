package org.mckms.client.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mckms.client.group.TwoDomains.ALICE;
import static org.mckms.client.group.TwoDomains.BOB;
import static org.mckms.client.group.TwoDomains.CAROL;
import static org.mckms.client.group.TwoDomains.GMS;
import static org.mckms.client.group.TwoDomains.GROUP;
import static org.mckms.client.group.TwoDomains.HOME;
import static org.mckms.client.group.TwoDomains.NOW;
import static org.mckms.client.group.TwoDomains.PARTNER;
import static org.mckms.client.group.TwoDomains.PARTNER_GMS;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.TestPki;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.mikey.CryptoSessionId;

/** Members that hold the same key speak and hear, whoever made the message that brought it. */
class SrtpMaterialTest {
    private static final TestPki PKI = new TestPki();
    private static final TestGroupKey KEY = TestGroupKey.gmk(1, GROUP);

    @TempDir
    private Path folder;

    private TwoDomains world;

    @BeforeEach
    void begin() throws Exception {
        world = new TwoDomains(PKI, folder);
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void isTheSameForWhoSpeaksAndWhoListensInBothSystems() {
        try (GroupKey alices = taken(world.home(ALICE), GMS.message(KEY, ALICE, HOME, NOW), GMS);
                GroupKey bobs = taken(world.home(BOB), GMS.message(KEY, BOB, HOME, NOW), GMS);
                GroupKey carols =
                        taken(world.partner(CAROL), PARTNER_GMS.message(KEY, CAROL, PARTNER, NOW), PARTNER_GMS);
                SrtpMaterial spoken = alices.srtpOf(CryptoSessionId.MCPTT_GROUP, ALICE);
                SrtpMaterial heard = bobs.srtpOf(CryptoSessionId.MCPTT_GROUP, ALICE);
                SrtpMaterial heardByMki = carols.srtp(
                        CryptoSessionId.MCPTT_GROUP,
                        KeyIdentifier.of(spoken.mki().slice(4, 8)))) {
            assertThat(octets(heard)).isEqualTo(octets(spoken));
            assertThat(octets(heardByMki)).isEqualTo(octets(spoken));
            assertThat(heard.mki()).isEqualTo(spoken.mki());
            assertThat(spoken.mki())
                    .isEqualTo(KEY.id().octets().concat(alices.details().gukId().octets()));
        }
    }

    @Test
    void differsByTalkerAndService() {
        try (GroupKey key = taken(world.home(ALICE), GMS.message(KEY, ALICE, HOME, NOW), GMS);
                SrtpMaterial own = key.srtpOf(CryptoSessionId.MCPTT_GROUP, ALICE);
                SrtpMaterial bobs = key.srtpOf(CryptoSessionId.MCPTT_GROUP, BOB);
                SrtpMaterial video = key.srtpOf(CryptoSessionId.MCVIDEO_GROUP, ALICE)) {
            assertThat(octets(bobs)).isNotEqualTo(octets(own));
            assertThat(octets(video)).isNotEqualTo(octets(own));
            assertThat(bobs.mki()).isNotEqualTo(own.mki());
            assertThat(video.mki()).isEqualTo(own.mki());
        }
    }

    @Test
    void isWhatRfc3830SaysByTheHmacOfTheJdk() throws Exception {
        try (GroupKey key = taken(world.home(ALICE), GMS.message(KEY, ALICE, HOME, NOW), GMS);
                SrtpMaterial own = key.srtpOf(CryptoSessionId.MCPTT_GROUP, ALICE)) {
            byte[] gmk = new byte[16];
            Arrays.fill(gmk, (byte) KEY.octet());
            Octets context = Octets.fromHex("04").concat(key.details().gukId().octets(), KEY.randOctets());

            assertThat(octets(own))
                    .isEqualTo(prf(gmk, Octets.fromHex("2AD01C64").concat(context), 16)
                            .concat(prf(gmk, Octets.fromHex("39A2C14B").concat(context), 12)));
        }
    }

    @Test
    void isWipedOnClose() {
        try (GroupKey key = taken(world.home(ALICE), GMS.message(KEY, ALICE, HOME, NOW), GMS)) {
            SrtpMaterial own = key.srtpOf(CryptoSessionId.MCPTT_GROUP, ALICE);
            assertThat(own.toString()).contains("hidden");
            own.close();
            assertThatThrownBy(() -> octets(own)).isInstanceOf(IllegalStateException.class);
        }
    }

    private GroupKey taken(TestMember member, Octets message, TestSender sender) {
        Reception reception = member.receiver(group -> Set.of(sender.sender()))
                .receive(
                        TwoDomains.document(member.uri(), List.of(message), List.of()),
                        GROUP,
                        MessageWindow.INTERACTIVE);
        assertThat(reception.refusal()).isEmpty();
        return member.groupKeys().keyFor(GROUP, KeyUse.MEDIA, NOW).orElseThrow();
    }

    private static Octets octets(SrtpMaterial material) {
        Octets tek = material.tek().use(Octets::copyOf);
        Octets salt = material.salt().use(Octets::copyOf);
        return tek.concat(salt);
    }

    /** One block of P(s, label, m): HMAC(s, A1 || label), A1 = HMAC(s, label). */
    private static Octets prf(byte[] key, Octets label, int octets) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        mac.update(mac.doFinal(label.toByteArray()));
        return Octets.copyOf(mac.doFinal(label.toByteArray())).slice(0, octets);
    }
}
