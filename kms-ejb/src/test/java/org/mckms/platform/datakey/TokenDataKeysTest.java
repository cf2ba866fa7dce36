package org.mckms.platform.datakey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.platform.hsm.ManualTime;
import org.mckms.platform.persistence.TestDatabase;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class TokenDataKeysTest {

    private static final byte[] CLEAR = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");
    private static final byte[] ROW_1 = "row 1".getBytes(StandardCharsets.UTF_8);
    private static final byte[] ROW_2 = "row 2".getBytes(StandardCharsets.UTF_8);

    private final TestDatabase database = TestDatabase.migrated();
    private final MemoryWrapping token = new MemoryWrapping();
    private final ManualTime time = new ManualTime();
    private final List<String> alarms = new ArrayList<>();
    private final TokenDataKeys keys = node("node1", TokenDataKeys.MOST_SEALS);

    private TokenDataKeys node(String name, long mostSeals) {
        return new TokenDataKeys(
                new DataKeyRing(
                        token,
                        new JdbcDataKeyStore(database.dataSource()),
                        new TestDataKeys.NoTransactions(),
                        (table, id, finding) -> alarms.add(table),
                        new DataKeyRing.Identity(name, "kms.example.org"),
                        time,
                        new SecureRandom(),
                        TokenDataKeys.IDLE),
                mostSeals);
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    private static byte[] opened(DataKeys keys, SealedData sealed, byte[] aad) {
        try (SecretOctets clear = keys.open(sealed, aad)) {
            return clear.use(byte[]::clone);
        }
    }

    private static void refused(KmsErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(KmsException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }

    @Test
    void opensWhatItSealed() {
        SealedData sealed = keys.seal(CLEAR, ROW_1);

        assertThat(opened(keys, sealed, ROW_1)).isEqualTo(CLEAR);
        assertThat(sealed.ciphertext().size()).isEqualTo(CLEAR.length + 16);
        assertThat(sealed.toOctets().size()).isEqualTo(CLEAR.length + SealedData.OVERHEAD_OCTETS);
        assertThat(opened(keys, SealedData.of(sealed.toOctets()), ROW_1)).isEqualTo(CLEAR);
        assertThat(keys.seal(CLEAR, ROW_1).iv()).isNotEqualTo(sealed.iv());
    }

    @Test
    void asksTheTokenOncePerKeyAndHour() {
        for (int i = 0; i < 1000; i++) {
            opened(keys, keys.seal(CLEAR, ROW_1), ROW_1);
            keys.mac(ROW_1);
        }
        assertThat(token.wraps()).isEqualTo(1);
        assertThat(token.unwraps()).isZero();

        time.pass(Duration.ofMinutes(59));
        keys.mac(ROW_1);
        assertThat(token.wraps()).isEqualTo(1);

        time.pass(Duration.ofMinutes(1));
        keys.mac(ROW_1);
        assertThat(token.wraps()).isEqualTo(2);
    }

    @Test
    void opensNothingThatWasAlteredOrMoved() {
        SealedData sealed = keys.seal(CLEAR, ROW_1);
        byte[] column = sealed.toOctets().toByteArray();
        for (int bit = 16 * 8; bit < column.length * 8; bit++) {
            byte[] altered = column.clone();
            altered[bit / 8] ^= (byte) (1 << bit % 8);
            refused(KmsErrorCode.INTERNAL, () -> keys.open(SealedData.of(Octets.copyOf(altered)), ROW_1));
        }
        refused(KmsErrorCode.INTERNAL, () -> keys.open(sealed, ROW_2));
        refused(KmsErrorCode.INTERNAL, () -> keys.open(sealed, new byte[0]));
        assertThat(alarms).containsOnly("sealed-data").hasSize((column.length - 16) * 8 + 2);
    }

    @Test
    void tellsOfAKeyThatIsNotThere() {
        SealedData sealed = keys.seal(CLEAR, ROW_1);
        SealedData strange = new SealedData(UUID.randomUUID(), sealed.iv(), sealed.ciphertext());

        refused(KmsErrorCode.INTERNAL, () -> keys.open(strange, ROW_1));
        assertThat(alarms).containsExactly("sealed-data");
    }

    @Test
    void protectsRowsByAMac() {
        Octets mac = keys.mac(ROW_1);

        assertThat(mac.size()).isEqualTo(DataKeys.MAC_OCTETS);
        assertThat(keys.macMatches(ROW_1, mac)).isTrue();
        assertThat(keys.macMatches(ROW_2, mac)).isFalse();
        assertThat(keys.macMatches(ROW_1, mac.slice(0, 47))).isFalse();
        assertThat(keys.macMatches(ROW_1, Octets.copyOf(new byte[0]))).isFalse();
        assertThat(keys.macMatches(ROW_1, Octets.copyOf(new byte[48]))).isFalse();
        byte[] octets = mac.toByteArray();
        for (int bit = 0; bit < octets.length * 8; bit++) {
            byte[] altered = octets.clone();
            altered[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(keys.macMatches(ROW_1, Octets.copyOf(altered))).isFalse();
        }
    }

    @Test
    void derivesTheKeyOfMacsAsSp800Part108Says() throws Exception {
        UUID id = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
        byte[] clear = HexFormat.of().parseHex("202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f");
        byte[] fixed = HexFormat.of()
                .parseHex("00000001" + "6d636b6d732f312f646174612f6d6163" + "00" + "00112233445566778899aabbccddeeff"
                        + "00000100");

        try (DataKey key = DataKey.derive(id, clear)) {
            assertThat(key.mac(ROW_1)).isEqualTo(hmac(hmac(clear, fixed), ROW_1));
        }
    }

    private static byte[] hmac(byte[] key, byte[] message) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(message);
    }

    @Test
    void opensWhatOtherNodesAndFormerHoursSealed() {
        SealedData before = keys.seal(CLEAR, ROW_1);
        Octets mac = keys.mac(ROW_1);
        time.pass(Duration.ofDays(300));
        TokenDataKeys other = node("node2", TokenDataKeys.MOST_SEALS);

        assertThat(opened(other, before, ROW_1)).isEqualTo(CLEAR);
        assertThat(other.macMatches(ROW_1, mac)).isTrue();
        assertThat(token.unwraps()).isEqualTo(1);
        SealedData after = other.seal(CLEAR, ROW_1);
        assertThat(after.keyId()).isNotEqualTo(before.keyId());
        assertThat(opened(keys, after, ROW_1)).isEqualTo(CLEAR);
    }

    @Test
    void aRestartedNodeDrawsAKeyOfItsOwn() {
        SealedData before = keys.seal(CLEAR, ROW_1);

        assertThat(node("node1", TokenDataKeys.MOST_SEALS).seal(CLEAR, ROW_1).keyId())
                .isNotEqualTo(before.keyId());
    }

    @Test
    void drawsTheNextKeyWhenOneIsUsedUp() {
        TokenDataKeys limited = node("node1", 3);
        List<UUID> used = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            used.add(limited.seal(CLEAR, ROW_1).keyId());
        }
        assertThat(used.subList(0, 3)).containsOnly(used.get(0));
        assertThat(used.subList(3, 6)).containsOnly(used.get(3)).doesNotContain(used.get(0));
        assertThat(used.get(6)).isNotIn(used.subList(0, 6));
    }

    @Test
    void wipesEverythingWhenTheVaultCloses() {
        SealedData sealed = keys.seal(CLEAR, ROW_1);
        Octets mac = keys.mac(ROW_1);
        assertThat(keys.held()).isEqualTo(1);

        token.deactivate();

        assertThat(keys.held()).isZero();
        refused(KmsErrorCode.NOT_READY, () -> keys.seal(CLEAR, ROW_1));
        refused(KmsErrorCode.NOT_READY, () -> keys.open(sealed, ROW_1));
        refused(KmsErrorCode.NOT_READY, () -> keys.mac(ROW_1));
        refused(KmsErrorCode.NOT_READY, () -> keys.macMatches(ROW_1, mac));

        token.activate();

        assertThat(opened(keys, sealed, ROW_1)).isEqualTo(CLEAR);
        assertThat(keys.seal(CLEAR, ROW_1).keyId()).isNotEqualTo(sealed.keyId());
        assertThat(keys.macMatches(ROW_1, mac)).isTrue();
    }

    @Test
    void forgetsKeysThatNobodyAsksFor() {
        SealedData sealed = keys.seal(CLEAR, ROW_1);
        time.pass(TokenDataKeys.IDLE);
        keys.forgetIdle();
        assertThat(keys.held()).isEqualTo(1);
        time.pass(Duration.ofSeconds(1));
        keys.forgetIdle();
        assertThat(keys.held()).isZero();

        assertThat(opened(keys, sealed, ROW_1)).isEqualTo(CLEAR);
        assertThat(token.unwraps()).isEqualTo(1);
    }

    @Test
    void usesNoKeyWhoseRowWasAltered() {
        for (String change : List.of(
                "node = 'node2'",
                "drawn_at = TIMESTAMP WITH TIME ZONE '2026-03-01 13:00:00+00'",
                "id = '00112233-4455-6677-8899-aabbccddeeff'",
                "wrapped_iv = '000000000000000000000000'",
                "wrapped_key = 'not hex'")) {
            SealedData sealed = node("node1", TokenDataKeys.MOST_SEALS).seal(CLEAR, ROW_1);
            database.tamper("UPDATE kms_data_key SET " + change + " WHERE id = '" + sealed.keyId() + "'");

            refused(KmsErrorCode.INTERNAL, () -> node("node1", TokenDataKeys.MOST_SEALS)
                    .open(sealed, ROW_1));
            refused(KmsErrorCode.INTERNAL, () -> node("node1", TokenDataKeys.MOST_SEALS)
                    .open(
                            new SealedData(
                                    UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"),
                                    sealed.iv(),
                                    sealed.ciphertext()),
                            ROW_1));
        }
        assertThat(alarms).contains("data-key", "sealed-data");
    }

    @Test
    void leavesNoKeyInTheDatabase() {
        SealedData sealed = keys.seal(CLEAR, ROW_1);
        assertThat(database.dump())
                .contains(sealed.keyId().toString())
                .doesNotContainIgnoringCase(HexFormat.of().formatHex(CLEAR));
    }
}
