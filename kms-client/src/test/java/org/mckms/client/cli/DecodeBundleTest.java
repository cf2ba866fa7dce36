package org.mckms.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mckms.client.TestDomain.ALICE;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.TestDomain;
import org.mckms.client.TestPki;
import org.mckms.client.TestSigner;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.bundle.ProvisioningBundle;
import org.mckms.protocol.bundle.ProvisioningBundles;

/** {@code kmsctl decode} on provisioning bundles. */
class DecodeBundleTest {
    private static final TestPki PKI = new TestPki();

    @TempDir
    private Path directory;

    private TestSigner signer;
    private String file;

    @BeforeEach
    void saveBundle() throws IOException {
        signer = TestSigner.of(PKI);
        file = save("alice.bundle", bundle(sample("signed-kms-response.xml")));
    }

    @Test
    void explainsTheBundleAndTheAnswersInIt() throws IOException {
        String pinned = save("signer.pem", signer.pem().getBytes(StandardCharsets.US_ASCII));

        Cli.Result result = run("decode", file, "--signer", pinned, "--no-check");

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("provisioning bundle", "it holds", ALICE, "phone-1", "as it has to be")
                .contains("answer to init", "answer to keyprov", "NewIntegrityKey", "KeyPeriodNo");
    }

    @Test
    void verifiesAndChecksWithTheKeysOfTheDevice() throws IOException {
        String trk = save(
                "trk",
                "000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F".getBytes(StandardCharsets.US_ASCII));
        String ink = save(
                "ink",
                "202122232425262728292A2B2C2D2E2F303132333435363738393A3B3C3D3E3F".getBytes(StandardCharsets.US_ASCII));

        Cli.Result result = run("decode", file, "--trk", trk, "--ink", ink);

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("ok  signature under ink.1." + ALICE, "ok  keys unwrapped")
                .doesNotContain("FAILED");
    }

    @Test
    void findsAnAlteredBundle() throws IOException {
        byte[] altered = Files.readAllBytes(Path.of(file));
        altered[altered.length / 2] ^= 1;

        Cli.Result result = run("decode", save("altered.bundle", altered));

        assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err()).contains("the signature of the file does not hold", "RFC 5652");
    }

    @Test
    void findsAForeignSigner() throws IOException {
        String other = save("other.pem", TestSigner.of(PKI).pem().getBytes(StandardCharsets.US_ASCII));

        Cli.Result result = run("decode", file, "--signer", other);

        assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err()).contains("signature/SHA-256", "not the certificate that has to be");
    }

    @Test
    void findsAFaultInsideAnAnswer() throws IOException {
        String wrong = new String(sample("signed-kms-response.xml"), StandardCharsets.UTF_8)
                .replace("<KeyPeriodNo>1514<", "<KeyPeriodNo>-1<");
        String bundle = save("wrong.bundle", bundle(wrong.getBytes(StandardCharsets.UTF_8)));

        Cli.Result result = run("decode", bundle);

        assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err())
                .contains(
                        "answer to keyprov/SignedKmsResponse/KmsResponse/KmsMessage/KmsKeyProv/KmsKeySet/KeyPeriodNo");
    }

    private byte[] bundle(byte[] keyProv) {
        return ProvisioningBundles.sign(
                new ProvisioningBundle(
                        TestDomain.KMS_URI,
                        ALICE,
                        "phone-1",
                        TestDomain.NOW,
                        Octets.copyOf(TestDomain.initDocument()),
                        Octets.copyOf(keyProv)),
                signer);
    }

    private static byte[] sample(String name) throws IOException {
        try (var in = DecodeBundleTest.class.getResourceAsStream("/vectors/samples/" + name)) {
            return in.readAllBytes();
        }
    }

    private Cli.Result run(String... arguments) {
        return Cli.in(directory).run(arguments);
    }

    private String save(String name, byte[] document) throws IOException {
        return Files.write(directory.resolve(name), document).toString();
    }
}
