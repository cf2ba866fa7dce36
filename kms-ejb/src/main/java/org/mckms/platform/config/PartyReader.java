package org.mckms.platform.config;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mckms.kms.domain.ClientKind;
import org.mckms.kms.domain.OperatorRole;

/** Reads {@code kms.server.<name>.*} and {@code kms.operator.<name>.*}. */
final class PartyReader {

    private final SettingValues values;

    PartyReader(SettingValues values) {
        this.values = values;
    }

    /** @param issuers names of the configured token issuers */
    List<ServerEntry> servers(Set<String> issuers) {
        List<ServerEntry> servers = new ArrayList<>();
        Map<String, String> nameByUri = new HashMap<>();
        Map<String, String> nameByClientId = new HashMap<>();
        for (String name : SettingKey.names("kms.server.", values.keys())) {
            ServerEntry server = server(name, issuers);
            servers.add(server);
            String other = nameByUri.putIfAbsent(server.uri(), name);
            if (other != null && !server.uri().isEmpty()) {
                values.fault(SettingKey.SERVER_URI.key(name) + " is the URI of server " + other
                        + " already; a URI belongs to one server.");
            }
            String namesake = nameByClientId.putIfAbsent(server.clientId(), name);
            if (namesake != null && !server.clientId().isEmpty()) {
                values.fault(SettingKey.SERVER_CLIENT_ID.key(name) + " is the client_id of server " + namesake
                        + " already; each server needs its own.");
            }
        }
        return servers;
    }

    private ServerEntry server(String name, Set<String> issuers) {
        ServerKind kind = values.choice(SettingKey.SERVER_KIND.key(name), ServerKind.class, Optional.empty());
        return new ServerEntry(
                name,
                kind.clientKind,
                values.identityUri(SettingKey.SERVER_URI.key(name), "the URI that this server has as identity"),
                values.fingerprint(SettingKey.SERVER_CERTIFICATE.key(name)),
                values.required(SettingKey.SERVER_CLIENT_ID.key(name), "the client_id of this server's tokens"),
                issuer(name, issuers));
    }

    private String issuer(String name, Set<String> issuers) {
        String key = SettingKey.SERVER_ISSUER.key(name);
        String issuer = values.required(key, "the name of the kms.issuer.<name>.* that speaks for this server");
        if (!issuer.isEmpty() && !issuers.contains(issuer)) {
            values.fault(key + " is \"" + issuer + "\", which no kms.issuer.<name>.* describes.");
        }
        return issuer;
    }

    List<OperatorEntry> operators() {
        List<OperatorEntry> operators = new ArrayList<>();
        for (String name : SettingKey.names("kms.operator.", values.keys())) {
            operators.add(new OperatorEntry(
                    name, values.fingerprint(SettingKey.OPERATOR_CERTIFICATE.key(name)), roles(name)));
        }
        if (operators.isEmpty()) {
            values.fault(
                    "kms.operator.<name>.* is missing; name at least one operator, or nobody can activate the server.");
        }
        return operators;
    }

    private Set<OperatorRole> roles(String name) {
        String key = SettingKey.OPERATOR_ROLES.key(name);
        Set<OperatorRole> roles = EnumSet.noneOf(OperatorRole.class);
        for (String word : values.requiredList(key, "officer, operator, auditor or several of them")) {
            Optional<OperatorRole> role = Set.of(OperatorRole.values()).stream()
                    .filter(r -> SettingValues.word(r).equals(word))
                    .findFirst();
            role.ifPresentOrElse(
                    roles::add,
                    () -> values.fault(key + " contains \"" + word + "\"; roles are officer, operator and auditor."));
        }
        return roles;
    }

    /** One certificate stands for one party, or a server could act as operator, or a proxy as server. */
    void checkCertificatesUnique(List<ServerEntry> servers, List<OperatorEntry> operators, List<ProxyEntry> proxies) {
        Map<String, String> keyByFingerprint = new HashMap<>();
        servers.forEach(
                s -> checkUnique(keyByFingerprint, SettingKey.SERVER_CERTIFICATE.key(s.name()), s.certificateSha256()));
        operators.forEach(o ->
                checkUnique(keyByFingerprint, SettingKey.OPERATOR_CERTIFICATE.key(o.name()), o.certificateSha256()));
        proxies.forEach(
                p -> checkUnique(keyByFingerprint, SettingKey.PROXY_CERTIFICATE.key(p.name()), p.certificateSha256()));
    }

    private void checkUnique(Map<String, String> keyByFingerprint, String key, String fingerprint) {
        String other = keyByFingerprint.putIfAbsent(fingerprint, key);
        if (other != null && !fingerprint.isEmpty()) {
            values.fault(key + " is the same certificate as " + other + "; each party needs its own.");
        }
    }

    private enum ServerKind {
        MC_SERVER(ClientKind.MC_SERVER),
        GMS(ClientKind.GMS),
        PARTNER_GMS(ClientKind.PARTNER_GMS);

        private final ClientKind clientKind;

        ServerKind(ClientKind clientKind) {
            this.clientKind = clientKind;
        }
    }
}
