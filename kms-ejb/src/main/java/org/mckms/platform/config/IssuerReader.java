package org.mckms.platform.config;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code kms.issuer.<name>.*}. */
final class IssuerReader {

    private static final List<String> ALGORITHMS = List.of("ES256", "PS256", "RS256");
    private static final Set<String> LENIENCIES = Set.of("iss", "aud", "iat");
    private static final String LABEL = "[a-z0-9]([a-z0-9-]*[a-z0-9])?";
    private static final Pattern DOMAIN = Pattern.compile(LABEL + "(\\." + LABEL + ")*");

    private final SettingValues values;

    IssuerReader(SettingValues values) {
        this.values = values;
    }

    List<TokenIssuerSettings> read(Profile profile) {
        List<TokenIssuerSettings> issuers = new ArrayList<>();
        for (String name : SettingKey.names("kms.issuer.", values.keys())) {
            issuers.add(issuer(name, profile));
        }
        if (issuers.isEmpty()) {
            values.fault("kms.issuer.<name>.* is missing; name at least one identity management server.");
        }
        checkKeySetsApart(issuers);
        Set<String> seen = new HashSet<>();
        for (TokenIssuerSettings issuer : issuers) {
            if (!issuer.iss().isEmpty() && !seen.add(issuer.iss())) {
                values.fault(SettingKey.ISSUER_ISS.key(issuer.name())
                        + " is the iss of another issuer already; two entries may not speak for one issuer.");
            }
        }
        return issuers;
    }

    private TokenIssuerSettings issuer(String name, Profile profile) {
        List<String> lenient = values.list(SettingKey.ISSUER_LENIENT.key(name));
        if (!LENIENCIES.containsAll(lenient)) {
            values.fault(SettingKey.ISSUER_LENIENT.key(name) + " is \"" + String.join(",", lenient)
                    + "\"; it must be one or more of iss, aud, iat.");
        }
        boolean development = values.flag(SettingKey.ISSUER_DEVELOPMENT.key(name));
        if (development && profile == Profile.PRODUCTION) {
            values.fault(SettingKey.ISSUER_DEVELOPMENT.key(name)
                    + " is true, but the profile is production; remove the development issuer.");
        }
        return new TokenIssuerSettings(
                name,
                values.required(SettingKey.ISSUER_ISS.key(name), "the iss claim of its tokens"),
                values.required(SettingKey.ISSUER_AUDIENCE.key(name), "the aud claim that names this KMS"),
                jwks(name),
                algorithms(name),
                identityDomains(name),
                values.duration(
                        SettingKey.ISSUER_MAX_LIFETIME.key(name),
                        Duration.ofHours(12),
                        Duration.ofMinutes(1),
                        Duration.ofDays(7)),
                lenient.contains("iss"),
                lenient.contains("aud"),
                lenient.contains("iat"),
                development);
    }

    private String jwks(String name) {
        String key = SettingKey.ISSUER_JWKS.key(name);
        String given = values.required(key, "the absolute path of the issuer's JWKS file or its https URL");
        boolean fetched = given.startsWith("https://");
        if (!given.isEmpty() && !fetched && !given.startsWith("/") && !isAbsolute(given)) {
            values.fault(key + " is \"" + given + "\"; it must be an absolute path or an https URL.");
        }
        return given;
    }

    private boolean isAbsolute(String path) {
        try {
            return Path.of(path).isAbsolute();
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private List<String> algorithms(String name) {
        List<String> given = values.list(SettingKey.ISSUER_ALGORITHMS.key(name));
        if (!ALGORITHMS.containsAll(given)) {
            values.fault(SettingKey.ISSUER_ALGORITHMS.key(name) + " is \"" + String.join(",", given) + "\"; only "
                    + String.join(", ", ALGORITHMS) + " are accepted.");
        }
        return given.isEmpty() ? ALGORITHMS : given;
    }

    private Set<String> identityDomains(String name) {
        String key = SettingKey.ISSUER_IDENTITY_DOMAINS.key(name);
        Set<String> domains = new HashSet<>();
        for (String given : values.requiredList(key, "the domains whose identities this issuer may speak for")) {
            String domain = given.toLowerCase(Locale.ROOT);
            if (!DOMAIN.matcher(domain).matches()) {
                values.fault(key + " contains \"" + given + "\", which is no domain name.");
            }
            domains.add(domain);
        }
        return domains;
    }

    /** Whoever signs with a key of one issuer must not be able to speak for another one. */
    private void checkKeySetsApart(List<TokenIssuerSettings> issuers) {
        Map<String, String> nameByKeySet = new HashMap<>();
        for (TokenIssuerSettings issuer : issuers) {
            String other = nameByKeySet.putIfAbsent(normalised(issuer.jwks()), issuer.name());
            if (other != null && !issuer.jwks().isEmpty()) {
                values.fault(SettingKey.ISSUER_JWKS.key(issuer.name()) + " is the JWKS of issuer " + other
                        + " already; each issuer needs one of its own.");
            }
        }
    }

    private String normalised(String jwks) {
        try {
            return jwks.startsWith("https://")
                    ? URI.create(jwks).normalize().toString().toLowerCase(Locale.ROOT)
                    : Path.of(jwks).normalize().toString();
        } catch (IllegalArgumentException e) {
            return jwks;
        }
    }
}
