package org.mckms.protocol.cek;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mckms.protocol.cek.CekSamples.FROM;
import static org.mckms.protocol.cek.CekSamples.KEY_ID;
import static org.mckms.protocol.cek.CekSamples.OTHER_KEY_ID;
import static org.mckms.protocol.cek.CekSamples.SERVER;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.Fixtures;
import org.mckms.protocol.element.KmsAnswer;
import org.mckms.protocol.message.KmsKeyProv;
import org.mckms.protocol.message.KmsResponse;
import org.mckms.protocol.smime.ContentEncryptionKey;

/** What cannot be said about CEKs. */
class CekTypesTest {
    private static final Octets SHORT = Octets.fromHex("00".repeat(15));

    @ParameterizedTest
    @EnumSource
    void theKeyIsAbsentIfAndOnlyIfItIsRevoked(CekStatus status) {
        assertThat(CekSamples.full(status).key().isEmpty()).isEqualTo(status == CekStatus.REVOKED);
        Optional<ContentEncryptionKey> wrong =
                status == CekStatus.REVOKED ? Optional.of(CekSamples.key(KEY_ID)) : Optional.empty();

        assertThatThrownBy(() -> cek(KEY_ID, 1, status, wrong)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void aKeyStandsUnderItsOwnKeyId() {
        assertThatThrownBy(() -> cek(OTHER_KEY_ID, 1, CekStatus.ACTIVE, Optional.of(CekSamples.key(KEY_ID))))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining(KEY_ID.toHex())
                .hasMessageContaining(OTHER_KEY_ID.toHex());
    }

    @Test
    void aKeyIdHasSixteenOctets() {
        assertThatThrownBy(() -> cek(SHORT, 1, CekStatus.REVOKED, Optional.empty()))
                .hasMessage("a Key ID has 16 octets, not 15");
        assertThatThrownBy(() -> new CekQuery(false, Optional.of(SHORT))).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> CekEnd.ofKeys(List.of(SHORT))).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> new CekAcknowledgement.Item(SHORT, 1, Optional.empty()))
                .isInstanceOf(InvalidValueException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void aRevisionIsAtLeastOne(long revision) {
        assertThatThrownBy(() -> cek(KEY_ID, revision, CekStatus.REVOKED, Optional.empty()))
                .isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> new CekAcknowledgement.Item(KEY_ID, revision, Optional.empty()))
                .isInstanceOf(InvalidValueException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\n", "\u0000"})
    void aSessionHasNeitherSpaceNorControl(String session) {
        assertThatThrownBy(() -> new CekOrder(Optional.of(session), Optional.empty()))
                .isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> CekEnd.ofSession(session)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void aSessionHasAtMost255Characters() {
        assertThat(new CekOrder(Optional.of("s".repeat(255)), Optional.empty()).session())
                .isPresent();
        assertThatThrownBy(() -> new CekOrder(Optional.of("s".repeat(256)), Optional.empty()))
                .isInstanceOf(InvalidValueException.class);
    }

    @Test
    void aKeyDoesNotEndBeforeItBegins() {
        assertThatThrownBy(() -> times(Optional.of(FROM.minusSeconds(1)), OptionalLong.empty()))
                .isInstanceOf(InvalidValueException.class);
        assertThat(times(Optional.of(FROM), OptionalLong.of(1)).validTo()).contains(FROM);
        assertThatThrownBy(() -> times(Optional.empty(), OptionalLong.of(0))).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void aListNamesEachKeyOnceAndHasAnEnd() {
        assertThatThrownBy(() -> new CekList(
                        List.of(CekSamples.bare(KEY_ID, CekStatus.ACTIVE), CekSamples.bare(KEY_ID, CekStatus.REVOKED))))
                .hasMessage("the Key ID " + KEY_ID.toHex() + " stands there twice");
        assertThatThrownBy(() -> CekEnd.ofKeys(List.of(KEY_ID, OTHER_KEY_ID, KEY_ID)))
                .isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> new CekAcknowledgement(List.of(
                        new CekAcknowledgement.Item(KEY_ID, 1, Optional.empty()),
                        new CekAcknowledgement.Item(KEY_ID, 2, Optional.of(CekFault.STORAGE)))))
                .isInstanceOf(InvalidValueException.class);

        assertThat(new CekList(revoked(256)).ceks()).hasSize(256);
        assertThatThrownBy(() -> new CekList(revoked(257))).hasMessage("257 keys at a time, at most 256 are accepted");
    }

    @Test
    void anEndNamesExactlyOneKind() {
        Optional<String> session = Optional.of(CekSamples.SESSION);
        Optional<String> none = Optional.empty();

        assertThat(CekEnd.ofUser()).isEqualTo(new CekEnd(List.of(), none, true));
        assertThat(CekEnd.ofSession(CekSamples.SESSION)).isEqualTo(new CekEnd(List.of(), session, false));
        assertThatThrownBy(() -> new CekEnd(List.of(), none, false)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> new CekEnd(List.of(), session, true)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> new CekEnd(List.of(KEY_ID), none, true)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> new CekEnd(List.of(KEY_ID), session, false)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void closingAnAnswerWipesItsKeys() {
        CekList alone = CekSamples.list();
        response(alone).close();
        assertWiped(alone);

        CekList beside = CekSamples.list();
        response(new KmsKeyProv(List.of(), Optional.empty(), Optional.of(beside)))
                .close();
        assertWiped(beside);
    }

    @Test
    void aCopyOutlivesItsOriginal() {
        ContentEncryptionKey original = CekSamples.key(KEY_ID);
        ContentEncryptionKey copy = original.copy();
        original.close();

        assertThat(copy.keyId()).isEqualTo(KEY_ID);
        assertThat(copy.<byte[]>use(byte[]::clone)).isEqualTo(CekSamples.octets());
    }

    @Test
    void anAnswerSaysWhetherItHasKeys() {
        CekList list = CekSamples.list();
        CekList ended = new CekList(List.of(CekSamples.bare(KEY_ID, CekStatus.REVOKED)));

        assertThat(response(list).hasPrivateKeys()).isTrue();
        assertThat(response(new KmsKeyProv(List.of(), Optional.empty(), Optional.of(list)))
                        .hasPrivateKeys())
                .isTrue();
        assertThat(response(new KmsKeyProv(List.of(Fixtures.keySet()))).hasPrivateKeys())
                .isTrue();
        assertThat(response(ended).hasPrivateKeys()).isFalse();
        assertThat(response(new KmsKeyProv(List.of())).hasPrivateKeys()).isFalse();
        assertThat(response(list).ceks()).containsSame(list);
        assertThat(list.find(OTHER_KEY_ID)).get().extracting(Cek::status).isEqualTo(CekStatus.RETIRING);
        assertThat(ended.find(OTHER_KEY_ID)).isEmpty();
    }

    @Test
    void nothingPrintsAKey() {
        String printed = response(CekSamples.list()).toString();

        assertThat(printed).contains(KEY_ID.toHex()).doesNotContainIgnoringCase(CekSamples.vector("cek"));
    }

    private static void assertWiped(CekList list) {
        assertThatThrownBy(() -> list.ceks().get(0).key().orElseThrow().use(key -> key.length))
                .isInstanceOf(IllegalStateException.class);
    }

    private static KmsResponse response(KmsAnswer answer) {
        return new KmsResponse(
                Fixtures.ALICE, Fixtures.KMS, Fixtures.ANSWERED, Optional.empty(), Fixtures.ROOT_URL, answer);
    }

    private static List<Cek> revoked(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> CekSamples.bare(Octets.fromHex(String.format("%032X", i)), CekStatus.REVOKED))
                .toList();
    }

    private static Cek times(Optional<Instant> validTo, OptionalLong messages) {
        return new Cek(
                KEY_ID,
                1,
                Optional.empty(),
                SERVER,
                Optional.empty(),
                CekStatus.REVOKED,
                FROM,
                validTo,
                Optional.empty(),
                messages,
                Optional.empty());
    }

    private static Cek cek(Octets keyId, long revision, CekStatus status, Optional<ContentEncryptionKey> key) {
        return new Cek(
                keyId,
                revision,
                Optional.empty(),
                SERVER,
                Optional.empty(),
                status,
                FROM,
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                key);
    }
}
