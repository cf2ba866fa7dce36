package org.mckms.platform.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.mckms.platform.hsm.HsmSettings;
import org.mckms.platform.hsm.LeaseMode;
import org.mckms.platform.hsm.LeasePolicy;
import org.mckms.platform.hsm.PinFile;
import org.mckms.platform.hsm.PinSource;
import org.mckms.platform.hsm.RecoverySettings;
import org.mckms.platform.hsm.RecoveryStep;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** Turns the values of the settings into typed records, or names all faults at once. */
public final class SettingsReader {

    private static final Pattern NODE = Pattern.compile("[A-Za-z0-9._-]{1,40}");

    private final SettingValues values;
    private final PinSources pins;

    private SettingsReader(SettingValues values, PinSources pins) {
        this.values = values;
        this.pins = pins;
    }

    /**
     * Reads and checks all settings.
     *
     * @param values keys and values, those of the system properties already laid over those of the file
     * @param pins   PIN sources outside the settings
     * @throws KmsException {@code CONFIGURATION}, its message naming every fault in a sentence with what to do
     */
    public static KmsSettings read(Map<String, String> values, PinSources pins) {
        return new SettingsReader(new SettingValues(values), pins).read();
    }

    private KmsSettings read() {
        for (String key : values.keys()) {
            if (!SettingKey.known(key)) {
                values.fault(key + " is no setting of this server; correct or remove it.");
            }
        }
        SiteSettings site = site();
        PinSource pin = pin(site.profile());
        Optional<HsmSettings> hsm = hsm();
        List<TokenIssuerSettings> issuers = new IssuerReader(values).read(site.profile());
        PartyReader parties = new PartyReader(values);
        List<ServerEntry> servers =
                parties.servers(issuers.stream().map(TokenIssuerSettings::name).collect(Collectors.toSet()));
        List<OperatorEntry> operators = parties.operators();
        NetworkSettings network = new NetworkReader(values).read(servers);
        parties.checkCertificatesUnique(servers, operators, network.proxies());
        WindowSettings window = window();
        AuditSettings audit = audit();
        BundleSettings bundles = bundles();
        DeliverySettings delivery = delivery();
        ScopeSettings scopes = ScopeReader.keyManagement(values);
        ClientSettings clients = new ClientSettingsReader(values).read(site.profile());
        Optional<CekSettings> cek = new CekReader(values).read(servers);
        Optional<GmsSettings> gms = new GmsReader(values).read(site, servers, scopes);
        if (!values.faults().isEmpty() || hsm.isEmpty()) {
            throw faulty(values.faults());
        }
        return new KmsSettings(
                site,
                hsm.get(),
                pin,
                pins.fromEnvironment().isPresent(),
                issuers,
                scopes,
                servers,
                operators,
                network,
                window,
                audit,
                clients,
                bundles,
                delivery,
                cek,
                gms);
    }

    static KmsException faulty(List<String> faults) {
        return new KmsException(
                KmsErrorCode.CONFIGURATION,
                "the settings have " + faults.size() + (faults.size() == 1 ? " fault: " : " faults: ")
                        + String.join(" ", faults));
    }

    private SiteSettings site() {
        Profile profile = values.choice(SettingKey.PROFILE.key(), Profile.class, Optional.empty());
        String node = values.required(SettingKey.NODE.key(), "the name of this node, unique among the nodes");
        if (!node.isEmpty() && !NODE.matcher(node).matches()) {
            values.fault(SettingKey.NODE.key() + " is \"" + node
                    + "\"; it must have 1 to 40 letters, digits, dots, hyphens or underscores.");
        }
        List<String> baseUrls =
                values.requiredList(SettingKey.BASE_URLS.key(), "the https URLs under which clients reach this server");
        baseUrls.forEach(url -> values.checkBaseUrl(SettingKey.BASE_URLS.key(), url));
        return new SiteSettings(
                profile,
                node,
                values.identityUri(SettingKey.URI.key(), "the KmsUri of this KMS"),
                baseUrls,
                values.required(SettingKey.ISSUER_NAME.key(), "the Issuer that certificates name"),
                values.list(SettingKey.DOMAINS.key()));
    }

    private DeliverySettings delivery() {
        return new DeliverySettings(
                values.integer(SettingKey.DELIVERY_WORKERS.key(), 8, 1, DeliverySettings.MOST_WORKERS),
                values.integer(SettingKey.DELIVERY_ATTEMPTS.key(), 30, 1, 1000),
                values.duration(
                        SettingKey.DELIVERY_LONGEST_PAUSE.key(),
                        Duration.ofMinutes(10),
                        Duration.ofSeconds(1),
                        Duration.ofHours(1)));
    }

    private Optional<HsmSettings> hsm() {
        Path library = values.requiredPath(
                SettingKey.HSM_LIBRARY.key(), "the absolute path of the PKCS#11 library of the HSM");
        String label = values.required(SettingKey.HSM_LABEL.key(), "the label of the token");
        if (label.length() > 32) {
            values.fault(
                    SettingKey.HSM_LABEL.key() + " has " + label.length() + " characters; a label has at most 32.");
        }
        int slot = values.integer(SettingKey.HSM_SLOT.key(), 0, 0, 1000);
        Duration timeout = values.duration(
                SettingKey.HSM_TIMEOUT.key(), Duration.ofMillis(800), Duration.ofMillis(100), Duration.ofMinutes(1));
        Optional<LeasePolicy> lease = lease();
        List<RecoveryStep> ladder = ladder();
        if (!values.faults().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new HsmSettings(
                library, slot, label, timeout, lease.orElseThrow(), RecoverySettings.withLadder(ladder)));
    }

    private Optional<LeasePolicy> lease() {
        LeaseMode mode =
                values.choice(SettingKey.LEASE_MODE.key(), LeaseMode.class, Optional.of(LeasePolicy.DEFAULT.mode()));
        Duration duration = values.duration(
                SettingKey.LEASE_DURATION.key(),
                LeasePolicy.DEFAULT.duration(),
                Duration.ofSeconds(1),
                Duration.ofDays(1));
        Duration idle = values.duration(
                SettingKey.LEASE_IDLE.key(), LeasePolicy.DEFAULT.idle(), Duration.ofSeconds(1), Duration.ofDays(1));
        if (idle.compareTo(duration) > 0) {
            values.fault(SettingKey.LEASE_IDLE.key() + " is " + idle + ", longer than "
                    + SettingKey.LEASE_DURATION.key() + " (" + duration + "); lower it.");
            return Optional.empty();
        }
        return Optional.of(new LeasePolicy(mode, duration, idle));
    }

    private List<RecoveryStep> ladder() {
        String key = SettingKey.HSM_RECOVERY.key();
        List<String> words = values.list(key);
        if (words.isEmpty()) {
            return List.of(RecoveryStep.values());
        }
        List<RecoveryStep> steps = new ArrayList<>();
        for (String word : words) {
            for (RecoveryStep step : RecoveryStep.values()) {
                if (SettingValues.word(step).equals(word)) {
                    steps.add(step);
                }
            }
        }
        if (steps.size() != words.size() && !words.equals(List.of("none"))) {
            values.fault(key + " is \"" + String.join(",", words)
                    + "\"; it must be none or a list of reload, provider, copy.");
        }
        return steps;
    }

    private PinSource pin(Profile profile) {
        Optional<String> file = values.optional(SettingKey.HSM_PIN_FILE.key());
        if (values.optional(SettingKey.HSM_PIN.key()).isPresent()) {
            values.fault(SettingKey.HSM_PIN.key() + " stands in the settings file; a PIN is given by "
                    + SettingKey.HSM_PIN_FILE.key() + ", by an encrypted system property, or by an operator.");
        }
        if (file.isPresent() && pins.fromProperty().isPresent()) {
            values.fault(SettingKey.HSM_PIN_FILE.key() + " and the system property " + SettingKey.HSM_PIN.key()
                    + " are both set; remove one.");
        }
        if (pins.fromEnvironment().isPresent() && profile == Profile.PRODUCTION) {
            values.fault("the environment variable " + PinSources.ENVIRONMENT_VARIABLE
                    + " is set, which only the development profile reads; remove it and use "
                    + SettingKey.HSM_PIN_FILE.key() + ".");
        }
        if (file.isPresent()) {
            return new PinFile(values.requiredPath(SettingKey.HSM_PIN_FILE.key(), "the file with the PIN"));
        }
        return pins.fromProperty().or(pins::fromEnvironment).orElse(PinSource.NONE);
    }

    private WindowSettings window() {
        return new WindowSettings(
                values.duration(
                        SettingKey.WINDOW_PAST_GRACE.key(), Duration.ofDays(1), Duration.ZERO, Duration.ofDays(31)),
                values.integer(SettingKey.WINDOW_FUTURE_PERIODS.key(), 1, 0, 12),
                values.duration(
                        SettingKey.REQUEST_TIME_WINDOW.key(),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(15)));
    }

    private AuditSettings audit() {
        return new AuditSettings(
                values.requiredPath(
                        SettingKey.AUDIT_CHECKPOINT_DIR.key(), "a folder outside the database for audit checkpoints"),
                values.duration(
                        SettingKey.AUDIT_CHECKPOINT_INTERVAL.key(),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(1),
                        Duration.ofHours(1)));
    }

    private BundleSettings bundles() {
        String dir = SettingKey.BUNDLES_DIR.key();
        return new BundleSettings(
                values.optional(dir).map(given -> values.requiredPath(dir, "the folder for bundles")),
                values.integer(SettingKey.BUNDLES_MAX_PERIODS.key(), 13, 1, 60),
                values.integer(SettingKey.BUNDLES_WORKERS.key(), 1, 1, 16));
    }
}
