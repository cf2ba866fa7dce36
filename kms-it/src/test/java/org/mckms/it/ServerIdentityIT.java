package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.JWTClaimsSet;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mckms.it.support.Csc;
import org.mckms.it.support.KeySet;
import org.mckms.it.support.Kms;
import org.mckms.it.support.RunningKms;

/** MC servers and group management servers prove who they are twice: by certificate and by token, of one entry. */
@ExtendWith(RunningKms.class)
class ServerIdentityIT {
    private static final String GMS = "sip:gms@example.org";
    private static final String MCPTT_SERVER = "sip:mcptt-server@example.org";

    private final Kms kms;

    ServerIdentityIT(Kms kms) {
        this.kms = kms;
    }

    @ParameterizedTest
    @CsvSource({"gms," + GMS, "mcptt-server," + MCPTT_SERVER})
    void certificateAndTokenOfOneEntryGetTheServersKeys(String name, String uri) {
        Csc csc = kms.csc(kms.home().server(name));

        for (String path : List.of("/keyprov", "/keyprov/" + uri)) {
            KeySet keys = KeySet.onlyOf(csc.post(path, token(name, uri)));

            assertThat(keys.userUri()).isEqualTo(uri);
            keys.assertHoldsUnder(kms.rootCertificate());
        }
    }

    @Test
    void tokenAloneGetsNothing() {
        assertRefused(kms.csc(), token("gms", GMS));
    }

    @Test
    void certificateAloneGetsNothing() {
        Csc csc = kms.csc(kms.home().server("gms"));

        kms.observe(() -> csc.send(csc.to("/keyprov")
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build()))
                .assertUnauthenticated();
    }

    @Test
    void certificateOfAnotherEntryGetsNothing() {
        assertRefused(kms.csc(kms.home().server("mcptt-server")), token("gms", GMS));
        assertRefused(kms.csc(kms.home().server("gms")), token("mcptt-server", MCPTT_SERVER));
    }

    @Test
    void certificateOfOneServerWithTheUriOfAnotherGetsNothing() {
        assertRefused(kms.csc(kms.home().server("gms")), token("gms", MCPTT_SERVER));
    }

    @Test
    void certificateOfAServerWithATokenOfAUserGetsNothing() {
        Csc csc = kms.csc(kms.home().server("gms"));

        assertRefused(csc, kms.idm().user("sip:alice@example.org"));
    }

    @Test
    void operatorsCertificateIsNotAServers() {
        Csc csc = kms.csc(kms.home().operator("officer"));

        assertThatThrownBy(() -> csc.post("/keyprov", token("gms", GMS))).hasRootCauseInstanceOf(IOException.class);
    }

    @Test
    void serverGetsNoKeysOfAUser() {
        Csc csc = kms.csc(kms.home().server("mcptt-server"));

        kms.observe(() -> csc.post("/keyprov/sip:alice@example.org", token("mcptt-server", MCPTT_SERVER)))
                .assertRefused(403, 403);
    }

    private void assertRefused(Csc csc, String token) {
        kms.observe(() -> csc.post("/keyprov", token)).assertRefused(403, 403);
    }

    private String token(String clientId, String uri) {
        JWTClaimsSet claims = kms.idm().claims(uri).claim("client_id", clientId).build();
        return kms.idm().signed(claims);
    }
}
