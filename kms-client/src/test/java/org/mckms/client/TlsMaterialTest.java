package org.mckms.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsMaterialTest {
    @TempDir
    private Path directory;

    private TestPki pki;
    private TlsMaterial trusting;

    @BeforeEach
    void makeAuthority() throws Exception {
        pki = new TestPki();
        trusting = TlsMaterial.trusting(pki.writeAuthority(directory.resolve("ca.pem")));
    }

    @Test
    void refusesAFileWithoutCertificates() throws Exception {
        Path empty = Files.writeString(directory.resolve("empty.pem"), "");
        Path text = Files.writeString(directory.resolve("text.pem"), "no certificate");

        assertThatThrownBy(() -> TlsMaterial.trusting(empty)).isInstanceOf(ClientSetupException.class);
        assertThatThrownBy(() -> TlsMaterial.trusting(text)).isInstanceOf(ClientSetupException.class);
        assertThatThrownBy(() -> TlsMaterial.trusting(directory.resolve("missing.pem")))
                .isInstanceOf(ClientSetupException.class);
    }

    @Test
    void refusesAWrongPassword() throws Exception {
        Path file = pki.writePkcs12(directory.resolve("client.p12"), "client");

        assertThat(trusting.hasOwnCertificate()).isFalse();
        assertThat(trusting.withPkcs12(file, TestPki.PASSWORD.toCharArray()).hasOwnCertificate())
                .isTrue();
        assertThatThrownBy(() -> trusting.withPkcs12(file, "wrong".toCharArray()))
                .isInstanceOf(ClientSetupException.class)
                .hasMessageContaining("client.p12")
                .hasMessageNotContaining("wrong");
    }

    @Test
    void refusesPemFilesThatHoldNoKey() throws Exception {
        TestPki.Holder holder = pki.issue("client");
        Path certificate = Files.writeString(
                directory.resolve("client.pem"),
                TestPki.pem("CERTIFICATE", holder.certificate().getEncoded()));
        Path encrypted = Files.writeString(
                directory.resolve("encrypted.key"), TestPki.pem("ENCRYPTED PRIVATE KEY", new byte[40]));
        Path garbage = Files.writeString(directory.resolve("garbage.key"), TestPki.pem("PRIVATE KEY", new byte[40]));

        assertThatThrownBy(() -> trusting.withPem(certificate, encrypted)).isInstanceOf(ClientSetupException.class);
        assertThatThrownBy(() -> trusting.withPem(certificate, garbage)).isInstanceOf(ClientSetupException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8443",
                "https:///path",
                "localhost",
                "https://localhost:8443/keymanagement",
                "https://user@localhost",
                "https://localhost?x=1",
                "https://localhost#x"
            })
    void anEndpointIsAnHttpsAddressWithoutPath(String address) {
        assertThatThrownBy(() -> new ServerEndpoint(URI.create(address), trusting, TimeLimits.STANDARD))
                .isInstanceOf(ClientSetupException.class);
    }

    @Test
    void anEndpointDropsASingleSlash() {
        assertThat(new ServerEndpoint(URI.create("https://localhost:8443/"), trusting, TimeLimits.STANDARD).base())
                .isEqualTo(URI.create("https://localhost:8443"));
    }
}
