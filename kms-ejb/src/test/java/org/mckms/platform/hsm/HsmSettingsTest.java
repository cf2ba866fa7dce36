package org.mckms.platform.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HsmSettingsTest {

    private static final Path LIBRARY = Path.of("/usr/lib/softhsm/libsofthsm2.so");
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final RecoverySettings RECOVERY = RecoverySettings.withLadder(List.of(RecoveryStep.RELOAD));

    @TempDir
    private Path directory;

    private static HsmSettings settings(Path library, int slot, String label, Duration timeout) {
        return new HsmSettings(library, slot, label, timeout, LeasePolicy.DEFAULT, RECOVERY);
    }

    @Test
    void takesWhatMakesSense() {
        assertThat(settings(LIBRARY, 0, "kms", TIMEOUT).tokenLabel()).isEqualTo("kms");
        assertThat(settings(LIBRARY, 0, "x".repeat(32), TIMEOUT).slotListIndex())
                .isZero();
    }

    @Test
    void refusesWhatDoesNot() {
        assertRefused(() -> settings(Path.of("lib.so"), 0, "kms", TIMEOUT));
        assertRefused(() -> settings(LIBRARY, -1, "kms", TIMEOUT));
        assertRefused(() -> settings(LIBRARY, 0, " ", TIMEOUT));
        assertRefused(() -> settings(LIBRARY, 0, "x".repeat(33), TIMEOUT));
        assertRefused(() -> settings(LIBRARY, 0, "kms", Duration.ZERO));
        assertRefused(() -> settings(LIBRARY, 0, "kms", Duration.ofSeconds(-1)));
    }

    @Test
    void leasesArePositiveAndIdleIsNotTheLonger() {
        Duration minute = Duration.ofMinutes(1);
        assertRefused(() -> new LeasePolicy(LeaseMode.BATCH, Duration.ZERO, minute));
        assertRefused(() -> new LeasePolicy(LeaseMode.BATCH, minute, Duration.ZERO));
        assertRefused(() -> new LeasePolicy(LeaseMode.BATCH, minute, minute.plusSeconds(1)));
        assertThat(new LeasePolicy(LeaseMode.BATCH, minute, minute).idle()).isEqualTo(minute);
    }

    @Test
    void recoveryIntervalsArePositive() {
        Duration second = Duration.ofSeconds(1);
        assertRefused(() -> new RecoverySettings(List.of(), Duration.ZERO, second, second, second));
        assertRefused(() -> new RecoverySettings(List.of(), second, Duration.ZERO, second, second));
        assertRefused(() -> new RecoverySettings(List.of(), second, second, Duration.ZERO, second));
        assertRefused(() -> new RecoverySettings(List.of(), second, second, second, Duration.ofNanos(-1)));
    }

    @Test
    void configurationNamesLibraryAndSlot() {
        assertThat(new Pkcs11Configuration(LIBRARY, 3).forUse())
                .startsWith("--name=mckms\nlibrary=/usr/lib/softhsm/libsofthsm2.so\nslotListIndex=3\n");
    }

    @Test
    void configurationForUseMakesNothingUseful() {
        assertThat(new Pkcs11Configuration(LIBRARY, 0).forUse())
                .contains("attributes(*, CKO_SECRET_KEY, *) = {\n", "attributes(*, CKO_PRIVATE_KEY, *) = {\n")
                .contains("CKA_TOKEN = false\n", "CKA_SIGN = false\n", "CKA_DECRYPT = false\n", "CKA_UNWRAP = false\n")
                .doesNotContain("CKA_SIGN = true", "CKA_DECRYPT = true", "CKA_TOKEN = true");
    }

    @Test
    void configurationOfAKeyCarriesItsLabelAndOneUse() {
        assertThat(new Pkcs11Configuration(LIBRARY, 0).forMacKey("kms.probe"))
                .contains("attributes(generate, CKO_SECRET_KEY, CKK_GENERIC_SECRET) = {\n")
                .contains("CKA_LABEL = 0h6b6d732e70726f6265\n")
                .contains("CKA_TOKEN = true\n", "CKA_SENSITIVE = true\n", "CKA_EXTRACTABLE = false\n")
                .contains("CKA_MODIFIABLE = false\n", "CKA_SIGN = true\n", "CKA_DERIVE = false\n")
                .endsWith("\n}\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/opt/a b.so", "/opt/${user.home}.so", "/opt/x\nslot=7", "/opt/\"x\".so", "/opt/x#.so"})
    void refusesPathsThatTheProviderWouldReadOtherwise(String path) {
        assertThatThrownBy(() -> new Pkcs11Configuration(Path.of(path), 0)).isInstanceOf(TokenException.class);
    }

    @Test
    void readsAPinFileWithoutItsLineBreak() throws IOException {
        assertThat(pinOf("1234")).containsExactly('1', '2', '3', '4');
        assertThat(pinOf("1234\n")).containsExactly('1', '2', '3', '4');
        assertThat(pinOf("1234\r\n")).containsExactly('1', '2', '3', '4');
        assertThat(pinOf(" 12 ")).containsExactly(' ', '1', '2', ' ');
        assertThat(new PinFile(Files.writeString(directory.resolve("pin"), "\n")).read())
                .isEmpty();
    }

    private char[] pinOf(String content) throws IOException {
        return new PinFile(Files.writeString(directory.resolve("pin"), content))
                .read()
                .orElseThrow();
    }

    @Test
    void refusesAMissingOrHugePinFile() throws IOException {
        PinFile missing = new PinFile(directory.resolve("missing"));
        assertThatThrownBy(missing::read).isInstanceOf(UncheckedIOException.class);
        PinFile huge = new PinFile(Files.writeString(directory.resolve("huge"), "1".repeat(1025)));
        assertThatThrownBy(huge::read).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void findsAPinFileThatOthersMayRead() throws IOException {
        Path file = Files.writeString(directory.resolve("pin"), "1234");
        PinFile pin = new PinFile(file);
        for (String mode : List.of("rw-------", "r--------")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
            assertThat(pin.findings()).as(mode).isEmpty();
        }
        for (String mode : List.of("rw-r-----", "r-----r--", "rw--w----", "rw------x")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
            assertThat(pin.findings()).as(mode).singleElement().asString().contains("PIN file", "chmod 0400 " + file);
        }
        assertThat(new PinFile(directory.resolve("missing")).findings()).isEmpty();
        assertThat(new PinFile(directory.resolve("longer-than-a-name-can-be".repeat(20))).findings())
                .singleElement()
                .asString()
                .contains("Cannot find out");
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class);
    }
}
