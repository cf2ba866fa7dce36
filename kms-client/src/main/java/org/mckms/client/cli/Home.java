package org.mckms.client.cli;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * The set-up folder of a KMS on this machine, from which the defaults of {@code kmsctl} come. Any part of it may be
 * missing; then the option that replaces it has to be given. What decides whom to trust must be the user's own, see
 * {@link HomeGuard}.
 *
 * <pre>
 * endpoints.properties            kms=https://..., admin=https://...
 * kms.properties                  settings of the server; issuer, audience and servers are looked up here
 * tls/ca.pem                      whom to trust
 * tls/operators/{name}.p12        certificate of an operator, password in {name}.password
 * tls/servers/{name}.p12          certificate of an MC server or GMS, password in {name}.password
 * tls/servers/{name}-listener.p12 what an MC server that is played here shows to the KMS; tls/push.p12 what the KMS shows to it
 * clients/{name}.keys             key store of a device, passphrase in {name}.passphrase; {name}.groups its group keys
 * idm/dev-idm.jwk, idm/jwks.json  key of the development IdM, private and public
 * </pre>
 */
final class Home {
    /** How the name of a key store ends. */
    static final String CLIENT_SUFFIX = ".keys";

    private static final String DEFAULT_KMS = "https://localhost:8443";
    private static final String DEFAULT_ADMIN = "https://localhost:9443";
    private static final String ISSUER_PREFIX = "kms.issuer.";
    private static final String ISS_SUFFIX = ".iss";
    private static final String SERVER_PREFIX = "kms.server.";
    private static final String URI_SUFFIX = ".uri";
    private static final String CEK_PREFIX = "kms.cek.";
    private static final String GMS_PREFIX = "gms.";
    private static final String PARTNER_PREFIX = "gms.partner.";
    private static final String URL_SUFFIX = ".url";
    private static final String DEVELOPMENT_SUFFIX = ".development";

    private final Path directory;
    private final Properties endpoints;
    private final Properties settings;

    /** @throws CommandFailedException if others can write to the folder, its tls folder, ca.pem or the addresses */
    Home(Path directory) {
        Path endpointFile = directory.resolve("endpoints.properties");
        List.of(directory, directory.resolve("tls"), trust(directory), endpointFile)
                .forEach(HomeGuard::requireSafe);
        this.directory = directory;
        this.endpoints = load(endpointFile);
        this.settings = load(directory.resolve("kms.properties"));
    }

    Path directory() {
        return directory;
    }

    URI kms() {
        return address(endpoints.getProperty("kms", DEFAULT_KMS));
    }

    URI admin() {
        return address(endpoints.getProperty("admin", DEFAULT_ADMIN));
    }

    Path trust() {
        return trust(directory);
    }

    private static Path trust(Path directory) {
        return directory.resolve("tls").resolve("ca.pem");
    }

    Path operator(String name) {
        return directory.resolve("tls").resolve("operators").resolve(name + ".p12");
    }

    Path server(String name) {
        return directory.resolve("tls").resolve("servers").resolve(name + ".p12");
    }

    /** Key store of a device that this machine plays. */
    Path client(String name) {
        return directory.resolve("clients").resolve(name + CLIENT_SUFFIX);
    }

    /** The password file that goes with a PKCS#12 file: the same name, ending in {@code .password}. */
    static Path passwordOf(Path pkcs12) {
        String name = pkcs12.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return pkcs12.resolveSibling((dot < 0 ? name : name.substring(0, dot)) + ".password");
    }

    Path idmKey() {
        return directory.resolve("idm").resolve("dev-idm.jwk");
    }

    Path idmJwks() {
        return directory.resolve("idm").resolve("jwks.json");
    }

    /** URI of the KMS as the server's settings have it. */
    Optional<String> kmsUri() {
        return setting("kms.uri");
    }

    /** Name of the node as the server's settings have it. */
    Optional<String> node() {
        return setting("kms.node");
    }

    /** Issuer name of the development IdM. */
    Optional<String> issuer() {
        return developmentIssuer().flatMap(name -> setting(ISSUER_PREFIX + name + ISS_SUFFIX));
    }

    /** Audience that the KMS expects in tokens of the development IdM. */
    Optional<String> audience() {
        return developmentIssuer().flatMap(name -> setting(ISSUER_PREFIX + name + ".audience"));
    }

    /** URI of a configured MC server or GMS. */
    Optional<String> serverUri(String name) {
        return setting(SERVER_PREFIX + name + URI_SUFFIX);
    }

    /** The client_id that the token of a configured MC server or GMS carries. */
    Optional<String> serverClientId(String name) {
        return setting(SERVER_PREFIX + name + ".client-id");
    }

    /** Where the KMS pushes content encryption keys of a configured MC server. */
    Optional<URI> cekUrl(String serverName) {
        return setting(SERVER_PREFIX + serverName + ".cek-url").map(Home::address);
    }

    /** A setting of content encryption keys, for example {@code server} or {@code tls.key}. */
    Optional<String> cek(String key) {
        return setting(CEK_PREFIX + key);
    }

    /** What the KMS shows to servers that it pushes keys to. */
    Path push() {
        return directory.resolve("tls").resolve("push.p12");
    }

    /** What an MC server that this machine plays shows to the KMS that pushes keys to it. */
    Path serverListener(String name) {
        return directory.resolve("tls").resolve("servers").resolve(name + "-listener.p12");
    }

    /** A setting of the group management server, for example {@code uri} or {@code token-file}. */
    Optional<String> gms(String key) {
        return setting(GMS_PREFIX + key);
    }

    /** Names of the partners whose group management servers this one knows, in the order of their names. */
    List<String> gmsPartners() {
        return settings.stringPropertyNames().stream()
                .filter(key -> key.startsWith(PARTNER_PREFIX) && key.endsWith(URL_SUFFIX))
                .map(key -> key.substring(PARTNER_PREFIX.length(), key.length() - URL_SUFFIX.length()))
                .sorted()
                .toList();
    }

    /** Name of the configured server with this URI. */
    Optional<String> serverNamed(String uri) {
        return named(SERVER_PREFIX, URI_SUFFIX, uri);
    }

    /** Name of the configured issuer whose tokens have this iss. */
    Optional<String> issuerNamed(String iss) {
        return named(ISSUER_PREFIX, ISS_SUFFIX, iss);
    }

    private Optional<String> named(String prefix, String suffix, String value) {
        return settings.stringPropertyNames().stream()
                .filter(key -> key.startsWith(prefix) && key.endsWith(suffix))
                .filter(key -> settings.getProperty(key).strip().equals(value))
                .map(key -> key.substring(prefix.length(), key.length() - suffix.length()))
                .findFirst();
    }

    private Optional<String> developmentIssuer() {
        return settings.stringPropertyNames().stream()
                .filter(key -> key.startsWith(ISSUER_PREFIX) && key.endsWith(DEVELOPMENT_SUFFIX))
                .filter(key -> Boolean.parseBoolean(settings.getProperty(key).strip()))
                .map(key -> key.substring(ISSUER_PREFIX.length(), key.length() - DEVELOPMENT_SUFFIX.length()))
                .sorted()
                .findFirst();
    }

    private Optional<String> setting(String key) {
        return Optional.ofNullable(settings.getProperty(key)).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static URI address(String text) {
        try {
            return URI.create(text.strip());
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException("the home has an address that is none: " + text);
        }
    }

    private static Properties load(Path file) {
        Properties properties = new Properties();
        if (Files.isRegularFile(file)) {
            try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw new CommandFailedException("cannot read " + file + ": " + e.getMessage());
            }
        }
        return properties;
    }
}
