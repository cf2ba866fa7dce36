package org.mckms.platform.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.kms.domain.ClientKind;
import org.mckms.kms.domain.cek.CekPolicy;

class CekReaderTest {

    private static final ServerEntry PTT = server("ptt", ClientKind.MC_SERVER);
    private static final ServerEntry DATA = server("data", ClientKind.MC_SERVER);
    private static final ServerEntry GMS = server("gms", ClientKind.GMS);

    private final Map<String, String> values = new HashMap<>(Map.of(
            "kms.cek.server", "ptt",
            "kms.cek.tls.certificate", "/etc/kms/push.pem",
            "kms.cek.tls.key", "/etc/kms/push.key",
            "kms.cek.tls.trust", "/etc/kms/servers.pem",
            "kms.server.ptt.cek-url", "https://ptt.example.org:8445/cek"));

    private SettingValues read;

    private static ServerEntry server(String name, ClientKind kind) {
        return new ServerEntry(name, kind, uri(name), "1".repeat(64), name, "idm");
    }

    private static String uri(String name) {
        return "sip:" + name + "@example.org";
    }

    private Optional<CekSettings> read() {
        read = new SettingValues(values);
        return new CekReader(read).read(List.of(PTT, DATA, GMS));
    }

    @Test
    void isOffWithoutAnySetting() {
        values.clear();

        assertThat(read()).isEmpty();
        assertThat(read.faults()).isEmpty();
    }

    @Test
    void readsTheLeastThatIsNeededAndFillsInDefaults() {
        assertThat(read())
                .contains(new CekSettings(
                        uri("ptt"),
                        new CekPushSettings(
                                new TlsFiles(
                                        Path.of("/etc/kms/push.pem"),
                                        Path.of("/etc/kms/push.key"),
                                        Path.of("/etc/kms/servers.pem")),
                                Map.of(uri("ptt"), "https://ptt.example.org:8445/cek")),
                        false,
                        Duration.ofSeconds(1),
                        CekPolicy.STANDARD));
        assertThat(read.faults()).isEmpty();
    }

    @Test
    void serversWithAnAddressShareKeysAndNoOthers() {
        assertThat(read().orElseThrow().serverUris()).containsExactly(uri("ptt"));
        values.put("kms.server.data.cek-url", "https://data.example.org");

        assertThat(read().orElseThrow().serverUris()).containsExactlyInAnyOrder(uri("ptt"), uri("data"));
        assertThat(read.faults()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kms.cek.tls.certificate",
                "kms.cek.tls.key",
                "kms.cek.tls.trust",
                "kms.server.ptt.cek-url",
                "kms.cek.server"
            })
    void stopsIfIncomplete(String missing) {
        values.remove(missing);
        read();

        assertThat(read.faults()).hasSize(1).first().asString().startsWith(missing + " is missing");
    }

    @Test
    void stopsIfOnlyAnAddressIsLeft() {
        values.clear();
        values.put("kms.server.data.cek-url", "https://data.example.org");

        assertThat(read()).isEmpty();
        assertThat(read.faults())
                .containsExactly("kms.cek.server is missing, but kms.server.data.cek-url is set; set it, or remove the"
                        + " others.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kms.cek.server | gms | of kind mc-server",
                "kms.cek.server | nobody | of kind mc-server",
                "kms.server.gms.cek-url | https://gms.example.org | is no mc-server",
                "kms.server.ptt.cek-url | http://ptt.example.org | must be an https URL with a host",
                "kms.server.ptt.cek-url | https://ptt.example.org/?a=b | neither user, query nor fragment",
                "kms.server.ptt.cek-url | https://ptt.example.org/ | remove the slash",
                "kms.cek.tls.key | push.key | must be an absolute path",
                "kms.cek.required | yes | must be true or false",
                "kms.cek.wait | PT11S | must lie between",
                "kms.cek.pending-limit | PT0S | must lie between",
                "kms.cek.renew-after | P8D | is longer than kms.cek.life",
                "kms.cek.renew-not-before | P2D | is longer than kms.cek.renew-after",
                "kms.cek.renew-after-messages | 0 | must lie between",
                "kms.cek.keys-per-user | 1001 | must lie between"
            })
    void stopsAtWhatCannotBe(String key, String value, String why) {
        values.put(key, value);
        read();

        assertThat(read.faults()).hasSize(1).first().asString().contains(key, why);
    }
}
