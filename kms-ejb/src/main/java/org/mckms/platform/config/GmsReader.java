package org.mckms.platform.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.mckms.kms.domain.ClientKind;

/**
 * Reads {@code gms.*}. A GMS is described completely or not at all: what is left of a half-removed one stops the
 * deployment.
 */
final class GmsReader {

    private static final String FAMILY = "gms.";
    private static final int MOST_WORKERS = 16;

    private final SettingValues values;

    GmsReader(SettingValues values) {
        this.values = values;
    }

    /** @param keyScopes scopes of the KMS, which are none of the GMS */
    Optional<GmsSettings> read(SiteSettings site, List<ServerEntry> servers, ScopeSettings keyScopes) {
        if (values.optional(SettingKey.GMS_URI.key()).isEmpty()) {
            checkNothingLeft(servers);
            return Optional.empty();
        }
        String uri = values.identityUri(SettingKey.GMS_URI.key(), "the URI that the GMS has as identity");
        boolean reserved = servers.stream()
                .anyMatch(s -> s.kind() == ClientKind.GMS && s.uri().equals(uri));
        if (!reserved) {
            values.fault(
                    SettingKey.GMS_URI.key() + " is the URI of no kms.server.<name>.* of kind gms; describe the GMS"
                            + " there, so that no user's token yields its identity.");
        }
        Set<String> managers = Set.copyOf(
                values.requiredList(SettingKey.GMS_MANAGERS.key(), "the URIs of those who may create groups"));
        managers.forEach(manager -> values.checkIdentityUri(SettingKey.GMS_MANAGERS.key(), manager));
        GmsKmsSettings kms = kms(site);
        return Optional.of(new GmsSettings(
                uri,
                kms,
                managers,
                ScopeReader.groupManagement(values, keyScopes),
                values.integer(SettingKey.GMS_WORKERS.key(), workersByDefault(), 1, MOST_WORKERS),
                partners(servers),
                callbacks(kms.tls().trust())));
    }

    private void checkNothingLeft(List<ServerEntry> servers) {
        Set<String> left = new TreeSet<>();
        values.keys().forEach(key -> {
            if (key.startsWith(FAMILY)) {
                left.add(key);
            }
        });
        if (!left.isEmpty()) {
            values.fault(SettingKey.GMS_URI.key() + " is missing, but " + String.join(", ", left)
                    + (left.size() == 1 ? " is" : " are") + " set; set it, or remove the others.");
        }
        servers.stream()
                .filter(s -> s.kind() == ClientKind.PARTNER_GMS)
                .forEach(s -> values.fault(SettingKey.SERVER_KIND.key(s.name()) + " is partner-gms, but there is no "
                        + SettingKey.GMS_URI.key()
                        + "; a partner's GMS has nobody to speak with here. Set it, or remove the entry."));
    }

    private GmsKmsSettings kms(SiteSettings site) {
        String kmsUri = values.optional(SettingKey.GMS_KMS_URI.key()).orElse(site.kmsUri());
        values.checkIdentityUri(SettingKey.GMS_KMS_URI.key(), kmsUri);
        List<String> addresses = values.list(SettingKey.GMS_KMS_URLS.key());
        addresses.forEach(url -> values.checkBaseUrl(SettingKey.GMS_KMS_URLS.key(), url));
        return new GmsKmsSettings(
                kmsUri,
                addresses,
                path(SettingKey.GMS_STORE_DIR.key(), "the folder for the key store of the GMS"),
                registration(),
                path(SettingKey.GMS_TOKEN_FILE.key(), "the file with the access token of the GMS"),
                new TlsFiles(
                        path(SettingKey.GMS_TLS_CERTIFICATE.key(), "the PEM file with the certificate of the GMS"),
                        path(SettingKey.GMS_TLS_KEY.key(), "the PEM file with the private key of that certificate"),
                        path(SettingKey.GMS_TLS_TRUST.key(), "the PEM file with the certificates that the GMS trusts")),
                deniedSigners());
    }

    private Optional<Path> deniedSigners() {
        String key = SettingKey.GMS_DENIED_SIGNERS_FILE.key();
        return values.optional(key).map(given -> path(key, "the file with the signing keys that are denied"));
    }

    private Optional<GmsKmsSettings.Registration> registration() {
        String file = SettingKey.GMS_REGISTRATION_FILE.key();
        String passphraseFile = SettingKey.GMS_REGISTRATION_PASSPHRASE_FILE.key();
        if (values.optional(file).isEmpty() && values.optional(passphraseFile).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new GmsKmsSettings.Registration(
                path(file, "the registration file of the GMS, or remove " + passphraseFile),
                path(passphraseFile, "the file with the passphrase of that registration, or remove " + file)));
    }

    private List<PartnerGmsEntry> partners(List<ServerEntry> servers) {
        Set<String> names = new TreeSet<>(SettingKey.names("gms.partner.", values.keys()));
        List<PartnerGmsEntry> partners = new ArrayList<>();
        for (ServerEntry server : servers) {
            if (server.kind() == ClientKind.PARTNER_GMS) {
                names.remove(server.name());
                partners.add(partner(server));
            }
        }
        names.forEach(name -> values.fault("gms.partner." + name + ".* is set, but no kms.server." + name
                + ".kind is partner-gms; describe the partner's GMS there, or remove the settings."));
        return partners;
    }

    private PartnerGmsEntry partner(ServerEntry server) {
        String name = server.name();
        String urlKey = SettingKey.GMS_PARTNER_URL.key(name);
        String url = values.required(urlKey, "the https URL of the partner's GMS");
        if (!url.isEmpty()) {
            values.checkBaseUrl(urlKey, url);
        }
        return new PartnerGmsEntry(
                name,
                server.uri(),
                url,
                values.identityUri(SettingKey.GMS_PARTNER_KMS_URI.key(name), "the KmsUri of the partner's KMS"),
                path(SettingKey.GMS_PARTNER_TOKEN_FILE.key(name), "the file with the token to show to the partner"),
                partnersGroups(SettingKey.GMS_PARTNER_GROUPS.key(name)));
    }

    private Set<String> partnersGroups(String key) {
        List<String> groups = values.list(key);
        if (groups.contains(PartnerGmsEntry.ANY) && groups.size() > 1) {
            values.fault(key + " contains " + PartnerGmsEntry.ANY + " and others; " + PartnerGmsEntry.ANY
                    + " alone stands for all groups.");
        }
        groups.stream()
                .filter(group -> !group.equals(PartnerGmsEntry.ANY))
                .forEach(group -> values.checkIdentityUri(key, group));
        return Set.copyOf(groups);
    }

    /** @param trustByDefault whom the GMS trusts anyway */
    private CallbackSettings callbacks(Path trustByDefault) {
        String trust = SettingKey.GMS_CALLBACKS_TRUST.key();
        return new CallbackSettings(
                blocks(SettingKey.GMS_CALLBACKS_ALLOW.key()),
                values.optional(trust)
                        .map(given -> path(trust, "the PEM file with the certificates of callbacks"))
                        .orElse(trustByDefault),
                values.duration(
                        SettingKey.GMS_CALLBACKS_TIMEOUT.key(),
                        Duration.ofSeconds(10),
                        Duration.ofMillis(100),
                        Duration.ofSeconds(30)));
    }

    /** A block as large as everything that is not public is a policy switched off, and refused. */
    private List<AddressBlock> blocks(String key) {
        List<AddressBlock> blocks = new ArrayList<>();
        for (String text : values.list(key)) {
            Optional<AddressBlock> block = AddressBlock.parse(text);
            if (block.isEmpty()) {
                values.fault(key + " contains \"" + text
                        + "\"; it must be a list of blocks such as 10.1.0.0/16 or fd00:1::/64, without bits behind the"
                        + " prefix.");
            } else if (block.get().bits() < Byte.SIZE) {
                values.fault(key + " contains \"" + text
                        + "\", which allows nearly every address; name the networks that" + " callbacks are in.");
            }
            block.ifPresent(blocks::add);
        }
        return blocks;
    }

    private Path path(String key, String advice) {
        return values.requiredPath(key, advice);
    }

    private static int workersByDefault() {
        return Math.min(Runtime.getRuntime().availableProcessors(), MOST_WORKERS);
    }
}
