package org.mckms.platform.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mckms.kms.domain.ClientKind;

class NetworkReaderTest {

    private static final String SHA256 = "1".repeat(64);
    private static final ServerEntry GMS =
            new ServerEntry("gms", ClientKind.GMS, "sip:gms@example.org", "2".repeat(64), "gms", "idm");

    @Test
    void nothingIsOnByDefault() {
        NetworkSettings network = new NetworkReader(new SettingValues(Map.of())).read(List.of(GMS));

        assertThat(network).isEqualTo(new NetworkSettings(false, 8444, List.of()));
    }

    @Test
    void readsProxies() {
        NetworkSettings network = new NetworkReader(new SettingValues(Map.of(
                        "kms.discovery", "on",
                        "kms.proxy.port", "18444",
                        "kms.proxy.edge.certificate-sha256", SHA256,
                        "kms.proxy.edge.asserts", "gms",
                        "kms.proxy.edge.forwards", "x-forwarded-for")))
                .read(List.of(GMS));

        assertThat(network)
                .isEqualTo(new NetworkSettings(
                        true,
                        18_444,
                        List.of(new ProxyEntry("edge", SHA256, Set.of("gms"), Forwarding.X_FORWARDED_FOR))));
    }

    @Test
    void namesEveryFault() {
        SettingValues values = new SettingValues(Map.of(
                "kms.discovery", "yes",
                "kms.proxy.port", "0",
                "kms.proxy.edge.asserts", "ptt",
                "kms.proxy.edge.forwards", "via"));

        new NetworkReader(values).read(List.of(GMS));

        assertThat(values.faults())
                .hasSize(5)
                .anySatisfy(fault -> assertThat(fault).startsWith("kms.discovery is \"yes\""))
                .anySatisfy(fault -> assertThat(fault).startsWith("kms.proxy.port is 0"))
                .anySatisfy(fault -> assertThat(fault).startsWith("kms.proxy.edge.certificate-sha256 is missing"))
                .anySatisfy(fault -> assertThat(fault).startsWith("kms.proxy.edge.asserts contains \"ptt\""))
                .anySatisfy(fault -> assertThat(fault).startsWith("kms.proxy.edge.forwards is \"via\""));
    }
}
