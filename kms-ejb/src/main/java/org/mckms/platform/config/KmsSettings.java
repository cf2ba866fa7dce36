package org.mckms.platform.config;

import java.util.List;
import java.util.Optional;
import org.mckms.platform.hsm.HsmSettings;
import org.mckms.platform.hsm.PinSource;

/**
 * All settings of the server, one record per concern. Built only by {@link SettingsReader}, which refuses whatever is
 * missing, unknown or dangerous.
 *
 * @param cek              of content encryption keys; empty: there are none here
 * @param gms              of the group management server; empty: there is none here
 * @param pinInEnvironment whether a PIN stands in the environment of the process, used or not
 */
public record KmsSettings(
        SiteSettings site,
        HsmSettings hsm,
        PinSource pin,
        boolean pinInEnvironment,
        List<TokenIssuerSettings> issuers,
        ScopeSettings scopes,
        List<ServerEntry> servers,
        List<OperatorEntry> operators,
        NetworkSettings network,
        WindowSettings window,
        AuditSettings audit,
        ClientSettings clients,
        BundleSettings bundles,
        DeliverySettings delivery,
        Optional<CekSettings> cek,
        Optional<GmsSettings> gms) {

    public KmsSettings {
        issuers = List.copyOf(issuers);
        servers = List.copyOf(servers);
        operators = List.copyOf(operators);
    }

    /** The server entry that owns this URI, octet by octet. */
    public Optional<ServerEntry> serverByUri(String uri) {
        return servers.stream().filter(s -> s.uri().equals(uri)).findFirst();
    }

    /** The server entry of this certificate. */
    public Optional<ServerEntry> serverBy(CertificateFingerprint certificate) {
        return servers.stream()
                .filter(s -> s.certificateSha256().equals(certificate.hex()))
                .findFirst();
    }

    /** The operator entry of this certificate. */
    public Optional<OperatorEntry> operatorBy(CertificateFingerprint certificate) {
        return operators.stream()
                .filter(o -> o.certificateSha256().equals(certificate.hex()))
                .findFirst();
    }

    /** The token issuer of this name. */
    public Optional<TokenIssuerSettings> issuer(String name) {
        return issuers.stream().filter(i -> i.name().equals(name)).findFirst();
    }
}
