package org.mckms.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
import org.mckms.kms.domain.OperatorRole;
import org.mckms.platform.hsm.LeaseMode;
import org.mckms.platform.hsm.PinFile;
import org.mckms.platform.hsm.PinSource;
import org.mckms.platform.hsm.RecoveryStep;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class SettingsReaderTest {

    private static final String FINGERPRINT_1 = "1".repeat(64);
    private static final String FINGERPRINT_2 = "2".repeat(64);
    private static final String FINGERPRINT_3 = "3".repeat(64);

    private final Map<String, String> values = new HashMap<>(Map.ofEntries(
            Map.entry("kms.profile", "development"),
            Map.entry("kms.node", "node-1"),
            Map.entry("kms.uri", "kms.example.org"),
            Map.entry("kms.base-urls", "https://localhost:8443, https://kms.example.org"),
            Map.entry("kms.issuer-name", "Example"),
            Map.entry("kms.plain-keys", "allowed"),
            Map.entry("kms.hsm.library", "/usr/lib/softhsm/libsofthsm2.so"),
            Map.entry("kms.hsm.token-label", "kms"),
            Map.entry("kms.issuer.idm.iss", "https://idm.example.org"),
            Map.entry("kms.issuer.idm.audience", "kms"),
            Map.entry("kms.issuer.idm.jwks", "/etc/kms/jwks.json"),
            Map.entry("kms.issuer.idm.identity-domains", "Example.org,example.com"),
            Map.entry("kms.server.ptt.kind", "mc-server"),
            Map.entry("kms.server.ptt.uri", "sip:mcptt-server@example.org"),
            Map.entry("kms.server.ptt.certificate-sha256", FINGERPRINT_1),
            Map.entry("kms.server.ptt.client-id", "mcptt"),
            Map.entry("kms.server.ptt.issuer", "idm"),
            Map.entry("kms.operator.eve.certificate-sha256", FINGERPRINT_2),
            Map.entry("kms.operator.eve.roles", "officer,auditor"),
            Map.entry("kms.audit.checkpoint-dir", "/var/lib/kms/audit")));

    private KmsSettings read() {
        return SettingsReader.read(values, PinSources.NONE);
    }

    private String refusal(PinSources pins) {
        KmsException refusal = catchRefusal(pins);
        assertThat(refusal.code()).isEqualTo(KmsErrorCode.CONFIGURATION);
        return refusal.getMessage();
    }

    private KmsException catchRefusal(PinSources pins) {
        KmsException[] caught = new KmsException[1];
        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(() -> SettingsReader.read(values, pins))
                .satisfies(e -> caught[0] = e);
        return caught[0];
    }

    private String refusal() {
        return refusal(PinSources.NONE);
    }

    @Test
    void readsTheLeastThatIsNeededAndFillsInDefaults() {
        KmsSettings settings = read();

        assertThat(settings.site().profile()).isEqualTo(Profile.DEVELOPMENT);
        assertThat(settings.site().baseUrls()).containsExactly("https://localhost:8443", "https://kms.example.org");
        assertThat(settings.hsm().timeout()).isEqualTo(Duration.ofMillis(800));
        assertThat(settings.hsm().lease().mode()).isEqualTo(LeaseMode.ACTIVATION);
        assertThat(settings.hsm().lease().duration()).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings.hsm().lease().idle()).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.hsm().recovery().ladder())
                .containsExactly(RecoveryStep.RELOAD, RecoveryStep.PROVIDER, RecoveryStep.COPY);
        assertThat(settings.pin()).isSameAs(PinSource.NONE);
        assertThat(settings.window()).isEqualTo(new WindowSettings(Duration.ofDays(1), 1, Duration.ofSeconds(60)));
        assertThat(settings.audit())
                .isEqualTo(new AuditSettings(Path.of("/var/lib/kms/audit"), Duration.ofSeconds(10)));
        assertThat(settings.scopes().mcptt())
                .containsExactlyInAnyOrder("3gpp:mcptt:key_management_server", "3gpp:mc:ptt_key_management_service");
    }

    @Test
    void readsFingerprintsInEitherCaseAndWithColons() {
        values.put("kms.operator.eve.certificate-sha256", "AB:" + "cD".repeat(31));

        assertThat(read().operatorBy(new CertificateFingerprint("ab" + "cd".repeat(31))))
                .isPresent();
    }

    @Test
    void readsIssuersServersAndOperators() {
        KmsSettings settings = read();

        assertThat(settings.issuers())
                .containsExactly(new TokenIssuerSettings(
                        "idm",
                        "https://idm.example.org",
                        "kms",
                        "/etc/kms/jwks.json",
                        List.of("ES256", "PS256", "RS256"),
                        Set.of("example.org", "example.com"),
                        Duration.ofHours(12),
                        false,
                        false,
                        false,
                        false));
        assertThat(settings.serverByUri("sip:mcptt-server@example.org"))
                .contains(new ServerEntry(
                        "ptt", ClientKind.MC_SERVER, "sip:mcptt-server@example.org", FINGERPRINT_1, "mcptt", "idm"));
        assertThat(settings.serverByUri("SIP:mcptt-server@example.org")).isEmpty();
        assertThat(settings.operatorBy(new CertificateFingerprint(FINGERPRINT_2)))
                .contains(new OperatorEntry("eve", FINGERPRINT_2, Set.of(OperatorRole.OFFICER, OperatorRole.AUDITOR)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kms.profile",
                "kms.node",
                "kms.uri",
                "kms.base-urls",
                "kms.issuer-name",
                "kms.plain-keys",
                "kms.hsm.library",
                "kms.hsm.token-label",
                "kms.issuer.idm.iss",
                "kms.issuer.idm.audience",
                "kms.issuer.idm.jwks",
                "kms.issuer.idm.identity-domains",
                "kms.server.ptt.kind",
                "kms.server.ptt.uri",
                "kms.server.ptt.certificate-sha256",
                "kms.server.ptt.client-id",
                "kms.server.ptt.issuer",
                "kms.operator.eve.certificate-sha256",
                "kms.operator.eve.roles",
                "kms.audit.checkpoint-dir"
            })
    void namesAMissingKey(String key) {
        values.remove(key);

        assertThat(refusal()).startsWith("the settings have 1 fault: " + key + " is missing; set it to ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kms.profile | prod | development or production",
                "kms.node | a b | letters, digits",
                "kms.uri | kms example | no white space",
                "kms.base-urls | http://localhost | https URL",
                "kms.base-urls | https://localhost/ | slash at its end",
                "kms.base-urls | https://u@localhost | neither user",
                "kms.plain-keys | yes | allowed or refused",
                "kms.hsm.library | lib.so | absolute path",
                "kms.hsm.token-label | 123456789012345678901234567890123 | at most 32",
                "kms.hsm.slot-list-index | -1 | between 0 and",
                "kms.hsm.timeout | 5 | a duration such as PT0.8S",
                "kms.hsm.timeout | PT2M | between PT0.1S and PT1M",
                "kms.hsm.recovery | restart | reload, provider, copy",
                "kms.lease.mode | always | request or batch or activation",
                "kms.lease.idle | PT11M | longer than kms.lease.duration",
                "kms.issuer.idm.jwks | http://idm.example.org/jwks | absolute path or an https URL",
                "kms.issuer.idm.jwks | jwks.json | absolute path or an https URL",
                "kms.issuer.idm.algorithms | HS256 | only ES256, PS256, RS256",
                "kms.issuer.idm.algorithms | ES256,none | only ES256, PS256, RS256",
                "kms.issuer.idm.identity-domains | -x | no domain name",
                "kms.issuer.idm.max-lifetime | P8D | between PT1M and PT168H",
                "kms.issuer.idm.lenient | exp | one or more of iss, aud, iat",
                "kms.issuer.idm.development | yes | true or false",
                "kms.server.ptt.kind | mc-client | mc-server or gms or partner-gms",
                "kms.server.ptt.certificate-sha256 | 12 | 64 hex digits",
                "kms.server.ptt.issuer | idp | which no kms.issuer.<name>.* describes",
                "kms.operator.eve.roles | root | officer, operator and auditor",
                "kms.window.past-grace | -PT1S | between PT0S",
                "kms.window.future-periods | 13 | between 0 and 12",
                "kms.request.time-window | PT16M | between PT1S and PT15M",
                "kms.audit.checkpoint-dir | audit | absolute path",
                "kms.hsm.pin | 1234 | a PIN is given by",
            })
    void refusesAWrongValue(String key, String value, String expected) {
        values.put(key, value);

        assertThat(refusal()).contains(key).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kms.plainkeys", "kms.issuer.Idm.iss", "kms.server.ptt.roles", "other", "kms.hsm"})
    void refusesAnUnknownKey(String key) {
        values.put(key, "x");

        assertThat(refusal()).contains(key + " is no setting of this server");
    }

    @Test
    void namesAllFaultsTogether() {
        values.remove("kms.plain-keys");
        values.put("kms.profile", "test");
        values.put("kms.typo", "1");

        assertThat(refusal())
                .startsWith("the settings have 3 faults: ")
                .contains("kms.plain-keys is missing", "kms.profile is \"test\"", "kms.typo is no setting");
    }

    @Test
    void refusesAServerWithoutIssuerOrOperator() {
        values.keySet().removeIf(key -> key.startsWith("kms.issuer.") || key.startsWith("kms.operator."));

        assertThat(refusal()).contains("kms.issuer.<name>.* is missing", "kms.operator.<name>.* is missing");
    }

    @Test
    void refusesTwoIssuersOfOneKeySet() {
        addIssuer("second", "https://idm2.example.org", "/etc/kms/../kms/jwks.json");

        assertThat(refusal()).contains("kms.issuer.second.jwks is the JWKS of issuer idm already");
    }

    @Test
    void acceptsALenientIssuerWithAKeySetOfItsOwn() {
        addIssuer("second", "https://idm2.example.org", "/etc/kms/second.json");
        values.put("kms.issuer.second.lenient", "iss aud");

        assertThat(read().issuer("second").orElseThrow().lenient()).isTrue();
    }

    @Test
    void refusesADevelopmentIssuerInProduction() {
        addIssuer("second", "https://idm2.example.org", "/etc/kms/second.json");
        values.put("kms.issuer.second.development", "true");
        values.put("kms.profile", "production");

        assertThat(refusal()).contains("kms.issuer.second.development is true, but the profile is production");
    }

    @Test
    void refusesTwoIssuersOfOneName() {
        addIssuer("second", "https://idm.example.org", "/etc/kms/second.json");

        assertThat(refusal()).contains("kms.issuer.second.iss is the iss of another issuer already");
    }

    private void addIssuer(String name, String iss, String jwks) {
        values.put("kms.issuer." + name + ".iss", iss);
        values.put("kms.issuer." + name + ".audience", "kms");
        values.put("kms.issuer." + name + ".jwks", jwks);
        values.put("kms.issuer." + name + ".identity-domains", "example.net");
    }

    @Test
    void refusesOneCertificateForTwoServers() {
        addServer("gms", "sip:gms@example.org", FINGERPRINT_1);

        assertThat(refusal())
                .contains(
                        "kms.server.ptt.certificate-sha256 is the same certificate as kms.server.gms.certificate-sha256");
    }

    @Test
    void refusesOneCertificateForAServerAndAnOperator() {
        addServer("gms", "sip:gms@example.org", FINGERPRINT_2);

        assertThat(refusal())
                .contains("kms.operator.eve.certificate-sha256 is the same certificate as kms.server.gms.");
    }

    @Test
    void refusesOneCertificateForTwoOperators() {
        values.put("kms.operator.mallory.certificate-sha256", "22:".repeat(31) + "22");
        values.put("kms.operator.mallory.roles", "officer");

        assertThat(refusal()).contains("kms.operator.mallory.certificate-sha256 is the same certificate as");
    }

    @Test
    void refusesOneCertificateForAServerAndAProxy() {
        values.put("kms.proxy.edge.certificate-sha256", FINGERPRINT_1);

        assertThat(refusal()).contains("kms.proxy.edge.certificate-sha256 is the same certificate as kms.server.ptt");
    }

    @Test
    void refusesOneUriForTwoServers() {
        addServer("gms", "sip:mcptt-server@example.org", FINGERPRINT_3);

        assertThat(refusal()).contains("kms.server.ptt.uri is the URI of server gms already");
    }

    private void addServer(String name, String uri, String fingerprint) {
        values.put("kms.server." + name + ".kind", "gms");
        values.put("kms.server." + name + ".uri", uri);
        values.put("kms.server." + name + ".certificate-sha256", fingerprint);
        values.put("kms.server." + name + ".client-id", name);
        values.put("kms.server." + name + ".issuer", "idm");
    }

    @Test
    void refusesOneClientIdForTwoServers() {
        addServer("gms", "sip:gms@example.org", FINGERPRINT_3);
        values.put("kms.server.gms.client-id", "mcptt");

        assertThat(refusal()).contains("kms.server.ptt.client-id is the client_id of server gms already");
    }

    @Test
    void refusesOneScopeForTwoServices() {
        values.put("kms.scopes.mcvideo", "video 3gpp:mc:ptt_key_management_service");

        assertThat(refusal())
                .contains("kms.scopes.mcvideo contains \"3gpp:mc:ptt_key_management_service\", which kms.scopes.mcptt");
    }

    @Test
    void knowsThatThePinStandsInTheEnvironment() {
        PinSource pin = Optional::empty;

        assertThat(read().pinInEnvironment()).isFalse();
        assertThat(SettingsReader.read(values, new PinSources(Optional.empty(), Optional.of(pin)))
                        .pinInEnvironment())
                .isTrue();
    }

    @Test
    void takesThePinFromAFile() {
        values.put("kms.hsm.pin-file", "/run/secrets/pin");

        assertThat(read().pin()).isEqualTo(new PinFile(Path.of("/run/secrets/pin")));
    }

    @Test
    void takesThePinFromTheSystemProperty() {
        PinSource property = () -> Optional.of("1234".toCharArray());

        KmsSettings settings = SettingsReader.read(values, new PinSources(Optional.of(property), Optional.empty()));

        assertThat(settings.pin()).isSameAs(property);
    }

    @Test
    void refusesTwoPinSources() {
        values.put("kms.hsm.pin-file", "/run/secrets/pin");
        PinSource property = () -> Optional.of("1234".toCharArray());

        assertThat(refusal(new PinSources(Optional.of(property), Optional.empty())))
                .contains("kms.hsm.pin-file and the system property kms.hsm.pin are both set");
    }

    @Test
    void readsThePinInTheEnvironmentInDevelopmentOnly() {
        PinSource environment = () -> Optional.of("1234".toCharArray());
        PinSources pins = new PinSources(Optional.empty(), Optional.of(environment));

        assertThat(SettingsReader.read(values, pins).pin()).isSameAs(environment);

        values.put("kms.profile", "production");
        assertThat(refusal(pins)).contains("KMS_HSM_PIN is set, which only the development profile reads");
    }

    @Test
    void hasNoRecoveryWhereTheOperatorSaysSo() {
        values.put("kms.hsm.recovery", "none");

        assertThat(read().hsm().recovery().ladder()).isEmpty();
    }
}
