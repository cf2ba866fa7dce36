package org.mckms.platform.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mckms.kms.domain.ClassPolicy;
import org.mckms.kms.domain.ClientKind;

class ClientSettingsTest {

    private final Map<String, String> values = new HashMap<>();

    private ClientSettings read(Profile profile) {
        SettingValues read = new SettingValues(values);
        ClientSettings settings = new ClientSettingsReader(read).read(profile);
        assertThat(read.faults()).isEmpty();
        return settings;
    }

    @Test
    void productionOpensNothingByDefault() {
        ClientSettings settings = read(Profile.PRODUCTION);

        for (ClientKind kind : ClientKind.values()) {
            assertThat(settings.of(kind)).isEqualTo(new ClassPolicy(false, true));
        }
        assertThat(settings.plainKeysAllowed()).isFalse();
        assertThat(settings.rotateAfter()).contains(Duration.ofDays(30));
    }

    @Test
    void developmentSaysWhetherKeysArePlainAndNeedsNoSignatures() {
        SettingValues silent = new SettingValues(values);
        new ClientSettingsReader(silent).read(Profile.DEVELOPMENT);
        assertThat(silent.faults()).singleElement().asString().startsWith("kms.plain-keys is missing");

        values.put("kms.plain-keys", "allowed");
        assertThat(read(Profile.DEVELOPMENT).of(ClientKind.MC_CLIENT)).isEqualTo(new ClassPolicy(true, false));
    }

    @Test
    void aKindMayDifferFromTheRest() {
        values.put("kms.plain-keys", "refused");
        values.put("kms.plain-keys.client", "allowed");
        values.put("kms.signed-requests", "required");
        values.put("kms.signed-requests.gms", "optional");
        ClientSettings settings = read(Profile.DEVELOPMENT);

        assertThat(settings.of(ClientKind.MC_CLIENT)).isEqualTo(new ClassPolicy(true, true));
        assertThat(settings.of(ClientKind.MC_SERVER)).isEqualTo(new ClassPolicy(false, true));
        assertThat(settings.of(ClientKind.GMS)).isEqualTo(new ClassPolicy(false, false));
        assertThat(settings.plainKeysAllowed()).isTrue();
    }

    @Test
    void keysNeedNeverGetOldByThemselves() {
        values.put("kms.client-keys.rotate-after", "never");

        assertThat(read(Profile.PRODUCTION).rotateAfter()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "kms.plain-keys, yes",
        "kms.plain-keys.gms, plain",
        "kms.signed-requests, sometimes",
        "kms.signed-requests.mc-server, no",
        "kms.client-keys.rotate-after, monthly",
        "kms.client-keys.rotate-after, PT0S"
    })
    void namesWhatIsWrong(String key, String value) {
        values.put(key, value);
        SettingValues read = new SettingValues(values);
        new ClientSettingsReader(read).read(Profile.PRODUCTION);

        assertThat(read.faults()).singleElement().asString().startsWith(key + " is ");
    }

    @Test
    void thereAreThreeKindsAndNoOther() {
        assertThat(SettingKey.known("kms.plain-keys.mc-server")).isTrue();
        assertThat(SettingKey.known("kms.plain-keys.user")).isFalse();
        assertThat(SettingKey.known("kms.signed-requests.client")).isTrue();
    }
}
