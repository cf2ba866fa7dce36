package org.mckms.platform.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.kms.domain.ClientKind;

class GmsReaderTest {

    private static final String GMS = "sip:gms@example.org";
    private static final String PARTNER = "sip:gms@partner.example";
    private static final SiteSettings SITE = new SiteSettings(
            Profile.PRODUCTION, "node-1", "kms.example.org", List.of("https://kms.example.org"), "Example", List.of());
    private static final ServerEntry OWN = server("gms", ClientKind.GMS, GMS);
    private static final ServerEntry OF_PARTNER = server("north", ClientKind.PARTNER_GMS, PARTNER);

    private final Map<String, String> values = new HashMap<>(Map.ofEntries(
            Map.entry("gms.uri", GMS),
            Map.entry("gms.store-dir", "/var/lib/kms/gms"),
            Map.entry("gms.token-file", "/etc/gms/token"),
            Map.entry("gms.tls.certificate", "/etc/gms/gms.pem"),
            Map.entry("gms.tls.key", "/etc/gms/gms.key"),
            Map.entry("gms.tls.trust", "/etc/gms/trust.pem"),
            Map.entry("gms.managers", "sip:dispatcher@example.org")));

    private SettingValues read;

    private static ServerEntry server(String name, ClientKind kind, String uri) {
        return new ServerEntry(name, kind, uri, "1".repeat(64), name, "idm");
    }

    private Optional<GmsSettings> read(ServerEntry... servers) {
        read = new SettingValues(values);
        return new GmsReader(read).read(SITE, List.of(servers), ScopeReader.keyManagement(read));
    }

    private void addPartner() {
        values.put("gms.partner.north.url", "https://gms.partner.example");
        values.put("gms.partner.north.kms-uri", "kms.partner.example");
        values.put("gms.partner.north.token-file", "/etc/gms/north.token");
    }

    @Test
    void isOffWithoutAnySetting() {
        values.clear();

        assertThat(read(OWN)).isEmpty();
        assertThat(read.faults()).isEmpty();
    }

    @Test
    void readsTheLeastThatIsNeededAndFillsInDefaults() {
        GmsSettings gms = read(OWN).orElseThrow();

        assertThat(read.faults()).isEmpty();
        assertThat(gms.uri()).isEqualTo(GMS);
        assertThat(gms.kms())
                .isEqualTo(new GmsKmsSettings(
                        "kms.example.org",
                        List.of(),
                        Path.of("/var/lib/kms/gms"),
                        Optional.empty(),
                        Path.of("/etc/gms/token"),
                        new TlsFiles(
                                Path.of("/etc/gms/gms.pem"),
                                Path.of("/etc/gms/gms.key"),
                                Path.of("/etc/gms/trust.pem")),
                        Optional.empty()));
        assertThat(gms.managers()).containsExactly("sip:dispatcher@example.org");
        assertThat(gms.scopes().mcptt())
                .containsExactlyInAnyOrder(
                        "3gpp:mcptt:group_management_server", "3gpp:mc:ptt_group_management_service");
        assertThat(gms.workers()).isBetween(1, 16);
        assertThat(gms.partners()).isEmpty();
        assertThat(gms.callbacks())
                .isEqualTo(new CallbackSettings(List.of(), Path.of("/etc/gms/trust.pem"), Duration.ofSeconds(10)));
    }

    @Test
    void readsEverySetting() {
        addPartner();
        values.put("gms.kms-uri", "kms2.example.org");
        values.put("gms.kms-urls", "https://a.example.org:8443, https://b.example.org");
        values.put("gms.registration-file", "/etc/gms/registration");
        values.put("gms.registration-passphrase-file", "/etc/gms/passphrase");
        values.put("gms.managers", "sip:a@example.org, sip:b@example.org");
        values.put("gms.scopes.mcvideo", "video");
        values.put("gms.workers", "3");
        values.put("gms.callbacks.allow", "127.0.0.0/8 fd00:1::/64");
        values.put("gms.callbacks.trust", "/etc/gms/callbacks.pem");
        values.put("gms.callbacks.timeout", "PT2S");

        GmsSettings gms = read(OWN, OF_PARTNER).orElseThrow();

        assertThat(read.faults()).isEmpty();
        assertThat(gms.kms().kmsUri()).isEqualTo("kms2.example.org");
        assertThat(gms.kms().addresses()).containsExactly("https://a.example.org:8443", "https://b.example.org");
        assertThat(gms.kms().registration())
                .contains(new GmsKmsSettings.Registration(
                        Path.of("/etc/gms/registration"), Path.of("/etc/gms/passphrase")));
        assertThat(gms.managers()).isEqualTo(Set.of("sip:a@example.org", "sip:b@example.org"));
        assertThat(gms.scopes().mcvideo()).containsExactly("video");
        assertThat(gms.workers()).isEqualTo(3);
        assertThat(gms.partnerByUri(PARTNER))
                .contains(new PartnerGmsEntry(
                        "north",
                        PARTNER,
                        "https://gms.partner.example",
                        "kms.partner.example",
                        Path.of("/etc/gms/north.token"),
                        Set.of()));
        assertThat(gms.partnerByUri(GMS)).isEmpty();
        assertThat(gms.callbacks())
                .isEqualTo(new CallbackSettings(
                        List.of(
                                AddressBlock.parse("127.0.0.0/8").orElseThrow(),
                                AddressBlock.parse("fd00:1::/64").orElseThrow()),
                        Path.of("/etc/gms/callbacks.pem"),
                        Duration.ofSeconds(2)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gms.store-dir",
                "gms.token-file",
                "gms.tls.certificate",
                "gms.tls.key",
                "gms.tls.trust",
                "gms.managers"
            })
    void namesWhatIsMissing(String key) {
        values.remove(key);

        read(OWN);

        assertThat(read.faults()).singleElement().asString().startsWith(key + " is missing; set it to ");
    }

    @Test
    void signersAreDeniedWhereAFileSaysSo() {
        assertThat(read(OWN).orElseThrow().kms().deniedSigners()).isEmpty();

        values.put("gms.denied-signers-file", "/etc/gms/denied-signers");

        assertThat(read(OWN).orElseThrow().kms().deniedSigners()).contains(Path.of("/etc/gms/denied-signers"));
    }

    @Test
    void refusesWhatIsLeftOfAGmsThatWasRemoved() {
        values.remove("gms.uri");
        values.keySet().removeIf(key -> key.startsWith("gms.tls"));

        assertThat(read(OWN)).isEmpty();
        assertThat(read.faults())
                .containsExactly(
                        "gms.uri is missing, but gms.managers, gms.store-dir, gms.token-file are set; set it, or"
                                + " remove the others.");
    }

    @Test
    void refusesAPartnersGmsWhereThereIsNoGms() {
        values.clear();

        read(OWN, OF_PARTNER);

        assertThat(read.faults()).singleElement().asString().startsWith("kms.server.north.kind is partner-gms, but");
    }

    @Test
    void refusesAnIdentityThatNoServerEntryReserves() {
        read();
        assertThat(read.faults()).singleElement().asString().startsWith("gms.uri is the URI of no kms.server.<name>.*");

        read(server("gms", ClientKind.MC_SERVER, GMS));
        assertThat(read.faults()).hasSize(1);

        read(server("gms", ClientKind.PARTNER_GMS, GMS));
        assertThat(read.faults()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gms.registration-file", "gms.registration-passphrase-file"})
    void refusesHalfARegistration(String key) {
        values.put(key, "/etc/gms/half");

        read(OWN);

        assertThat(read.faults()).singleElement().asString().contains("is missing", "or remove " + "gms.registration");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gms.partner.north.url", "gms.partner.north.kms-uri", "gms.partner.north.token-file"})
    void refusesAPartnerWithoutOneOfItsSettings(String key) {
        addPartner();
        values.remove(key);

        read(OWN, OF_PARTNER);

        assertThat(read.faults()).singleElement().asString().startsWith(key + " is missing");
    }

    @Test
    void refusesAPartnerThatNoServerEntryDescribes() {
        addPartner();

        read(OWN);
        assertThat(read.faults()).singleElement().asString().contains("no kms.server.north.kind is partner-gms");

        read(OWN, server("north", ClientKind.GMS, PARTNER));
        assertThat(read.faults()).singleElement().asString().contains("no kms.server.north.kind is partner-gms");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gms.token-file | relative/token | must be an absolute path",
                "gms.kms-urls | http://kms.example.org | must be an https URL",
                "gms.partner.north.url | http://gms.partner.example | must be an https URL",
                "gms.partner.north.url | https://user@gms.partner.example | neither user, query nor fragment",
                "gms.partner.north.url | https://gms.partner.example/ | remove the slash",
                "gms.partner.north.groups | *,sip:fire@example.org | alone stands for all",
                "gms.workers | 0 | must lie between 1 and 16",
                "gms.callbacks.timeout | PT2M | must lie between",
                "gms.callbacks.allow | 0.0.0.0/0 | allows nearly every address",
                "gms.callbacks.allow | ::/0 | allows nearly every address",
                "gms.callbacks.allow | 10.0.0.1/8 | without bits behind the prefix",
                "gms.callbacks.allow | intranet | must be a list of blocks",
                "gms.scopes.mcptt | 3gpp:mcptt:key_management_server | a scope stands for one service only",
                "gms.scopes.mcdata | 3gpp:mc:video_group_management_service | a scope stands for one service only"
            })
    void refusesWhatIsWrongOrDangerous(String key, String value, String sentence) {
        addPartner();
        values.put(key, value);

        read(OWN, OF_PARTNER);

        assertThat(read.faults()).singleElement().asString().contains(key, sentence);
    }

    @Test
    void refusesTheIdentityOfAManagerThatIsTooLong() {
        values.put("gms.managers", "sip:" + "a".repeat(509));

        read(OWN);

        assertThat(read.faults()).singleElement().asString().startsWith("gms.managers must have at most 512");
    }

    @Test
    void aPartnerRegroupsOnlyGroupsThatAreOpenToIt() {
        addPartner();
        assertThat(partner().mayRegroup("sip:fire@example.org")).isFalse();

        values.put("gms.partner.north.groups", "sip:fire@example.org, sip:police@example.org");
        assertThat(partner().mayRegroup("sip:fire@example.org")).isTrue();
        assertThat(partner().mayRegroup("sip:FIRE@example.org")).isFalse();
        assertThat(partner().mayRegroup("*")).isFalse();

        values.put("gms.partner.north.groups", "*");
        assertThat(partner().mayRegroup("sip:any@example.org")).isTrue();
        assertThat(read.faults()).isEmpty();
    }

    private PartnerGmsEntry partner() {
        return read(OWN, OF_PARTNER).orElseThrow().partnerByUri(PARTNER).orElseThrow();
    }
}
