package org.mckms.platform.config;

import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Every key there is. {@code <name>} stands for a name of the operator's choice: lower-case letters, digits and hyphens;
 * {@code <kind>} for {@code client}, {@code mc-server} or {@code gms}.
 * The same list with meanings is {@code docs/configuration.md}; a test compares the two.
 */
enum SettingKey {
    PROFILE("kms.profile"),
    NODE("kms.node"),
    URI("kms.uri"),
    BASE_URLS("kms.base-urls"),
    ISSUER_NAME("kms.issuer-name"),
    DOMAINS("kms.domains"),
    PLAIN_KEYS("kms.plain-keys"),
    PLAIN_KEYS_OF_KIND("kms.plain-keys.<kind>"),
    SIGNED_REQUESTS("kms.signed-requests"),
    SIGNED_REQUESTS_OF_KIND("kms.signed-requests.<kind>"),
    CLIENT_KEYS_ROTATE_AFTER("kms.client-keys.rotate-after"),
    HSM_LIBRARY("kms.hsm.library"),
    HSM_SLOT("kms.hsm.slot-list-index"),
    HSM_LABEL("kms.hsm.token-label"),
    HSM_PIN_FILE("kms.hsm.pin-file"),
    HSM_PIN("kms.hsm.pin"),
    HSM_TIMEOUT("kms.hsm.timeout"),
    HSM_RECOVERY("kms.hsm.recovery"),
    LEASE_MODE("kms.lease.mode"),
    LEASE_DURATION("kms.lease.duration"),
    LEASE_IDLE("kms.lease.idle"),
    ISSUER_ISS("kms.issuer.<name>.iss"),
    ISSUER_AUDIENCE("kms.issuer.<name>.audience"),
    ISSUER_JWKS("kms.issuer.<name>.jwks"),
    ISSUER_ALGORITHMS("kms.issuer.<name>.algorithms"),
    ISSUER_IDENTITY_DOMAINS("kms.issuer.<name>.identity-domains"),
    ISSUER_MAX_LIFETIME("kms.issuer.<name>.max-lifetime"),
    ISSUER_LENIENT("kms.issuer.<name>.lenient"),
    ISSUER_DEVELOPMENT("kms.issuer.<name>.development"),
    SCOPES_MCPTT("kms.scopes.mcptt"),
    SCOPES_MCVIDEO("kms.scopes.mcvideo"),
    SCOPES_MCDATA("kms.scopes.mcdata"),
    SERVER_KIND("kms.server.<name>.kind"),
    SERVER_URI("kms.server.<name>.uri"),
    SERVER_CERTIFICATE("kms.server.<name>.certificate-sha256"),
    SERVER_CLIENT_ID("kms.server.<name>.client-id"),
    SERVER_ISSUER("kms.server.<name>.issuer"),
    SERVER_CEK_URL("kms.server.<name>.cek-url"),
    OPERATOR_CERTIFICATE("kms.operator.<name>.certificate-sha256"),
    OPERATOR_ROLES("kms.operator.<name>.roles"),
    DISCOVERY("kms.discovery"),
    PROXY_PORT("kms.proxy.port"),
    PROXY_CERTIFICATE("kms.proxy.<name>.certificate-sha256"),
    PROXY_ASSERTS("kms.proxy.<name>.asserts"),
    PROXY_FORWARDS("kms.proxy.<name>.forwards"),
    WINDOW_PAST_GRACE("kms.window.past-grace"),
    WINDOW_FUTURE_PERIODS("kms.window.future-periods"),
    REQUEST_TIME_WINDOW("kms.request.time-window"),
    AUDIT_CHECKPOINT_DIR("kms.audit.checkpoint-dir"),
    AUDIT_CHECKPOINT_INTERVAL("kms.audit.checkpoint-interval"),
    BUNDLES_DIR("kms.bundles.dir"),
    BUNDLES_MAX_PERIODS("kms.bundles.max-periods"),
    BUNDLES_WORKERS("kms.bundles.workers"),
    DELIVERY_WORKERS("kms.delivery.workers"),
    DELIVERY_ATTEMPTS("kms.delivery.attempts"),
    DELIVERY_LONGEST_PAUSE("kms.delivery.longest-pause"),
    CEK_SERVER("kms.cek.server"),
    CEK_TLS_CERTIFICATE("kms.cek.tls.certificate"),
    CEK_TLS_KEY("kms.cek.tls.key"),
    CEK_TLS_TRUST("kms.cek.tls.trust"),
    CEK_REQUIRED("kms.cek.required"),
    CEK_WAIT("kms.cek.wait"),
    CEK_PENDING_LIMIT("kms.cek.pending-limit"),
    CEK_RENEW_AFTER("kms.cek.renew-after"),
    CEK_RENEW_NOT_BEFORE("kms.cek.renew-not-before"),
    CEK_RENEW_AFTER_MESSAGES("kms.cek.renew-after-messages"),
    CEK_LIFE("kms.cek.life"),
    CEK_OVERLAP("kms.cek.overlap"),
    CEK_KEYS_PER_USER("kms.cek.keys-per-user"),
    GMS_URI("gms.uri"),
    GMS_KMS_URI("gms.kms-uri"),
    GMS_KMS_URLS("gms.kms-urls"),
    GMS_STORE_DIR("gms.store-dir"),
    GMS_REGISTRATION_FILE("gms.registration-file"),
    GMS_REGISTRATION_PASSPHRASE_FILE("gms.registration-passphrase-file"),
    GMS_TOKEN_FILE("gms.token-file"),
    GMS_TLS_CERTIFICATE("gms.tls.certificate"),
    GMS_TLS_KEY("gms.tls.key"),
    GMS_TLS_TRUST("gms.tls.trust"),
    GMS_DENIED_SIGNERS_FILE("gms.denied-signers-file"),
    GMS_MANAGERS("gms.managers"),
    GMS_SCOPES_MCPTT("gms.scopes.mcptt"),
    GMS_SCOPES_MCVIDEO("gms.scopes.mcvideo"),
    GMS_SCOPES_MCDATA("gms.scopes.mcdata"),
    GMS_WORKERS("gms.workers"),
    GMS_PARTNER_URL("gms.partner.<name>.url"),
    GMS_PARTNER_KMS_URI("gms.partner.<name>.kms-uri"),
    GMS_PARTNER_TOKEN_FILE("gms.partner.<name>.token-file"),
    GMS_PARTNER_GROUPS("gms.partner.<name>.groups"),
    GMS_CALLBACKS_ALLOW("gms.callbacks.allow"),
    GMS_CALLBACKS_TRUST("gms.callbacks.trust"),
    GMS_CALLBACKS_TIMEOUT("gms.callbacks.timeout");

    private static final String NAME = "<name>";
    private static final String NAME_PATTERN = "[a-z0-9][a-z0-9-]{0,39}";
    private static final String KIND = "<kind>";
    private static final String KIND_PATTERN = "client|mc-server|gms";

    private final String form;
    private final Pattern pattern;

    SettingKey(String form) {
        this.form = form;
        this.pattern = Pattern.compile(Pattern.quote(form)
                .replace(NAME, "\\E(" + NAME_PATTERN + ")\\Q")
                .replace(KIND, "\\E(" + KIND_PATTERN + ")\\Q"));
    }

    /** As documented, with {@code <name>} or {@code <kind>} where one goes. */
    String form() {
        return form;
    }

    /** The key itself; only for keys without a name or kind in them. */
    String key() {
        if (form.contains(NAME) || form.contains(KIND)) {
            throw new IllegalArgumentException(form + " needs a name");
        }
        return form;
    }

    /** The key for one entry, or one kind. */
    String key(String name) {
        return form.replace(NAME, name).replace(KIND, name);
    }

    static boolean known(String key) {
        return Arrays.stream(values()).anyMatch(k -> k.pattern.matcher(key).matches());
    }

    /** The names used with a family of keys such as {@code kms.issuer.}, in alphabetic order. */
    static List<String> names(String family, Iterable<String> keys) {
        Pattern entry = Pattern.compile(Pattern.quote(family) + "(" + NAME_PATTERN + ")\\..+");
        SortedSet<String> names = new TreeSet<>();
        for (String key : keys) {
            Matcher matcher = entry.matcher(key);
            if (matcher.matches()) {
                names.add(matcher.group(1));
            }
        }
        return List.copyOf(names);
    }
}
