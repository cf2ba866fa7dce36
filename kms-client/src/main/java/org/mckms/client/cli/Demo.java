package org.mckms.client.cli;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.mckms.client.BundleImport;
import org.mckms.client.KeySetSummary;
import org.mckms.client.KmsRefusedException;
import org.mckms.client.ReceptionPolicy;
import org.mckms.mikeysakke.DecapsulationException;
import org.mckms.mikeysakke.eccsi.EccsiSignature;
import org.mckms.mikeysakke.eccsi.EccsiSigner;
import org.mckms.mikeysakke.eccsi.EccsiVerifier;
import org.mckms.mikeysakke.sakke.EncapsulatedData;
import org.mckms.mikeysakke.sakke.Sakke;
import org.mckms.mikeysakke.sakke.SharedSecretValue;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.KmsKeySet;

/**
 * The whole use of a KMS in one go: two users with registered devices and a server fetch and check their keys, one user
 * sends the other a secret, keys of a device are renewed, a bundle is imported, the certificate goes out to partners, and
 * what must be refused is refused.
 */
final class Demo {
    private static final int FORBIDDEN = KmsErrorCode.FORBIDDEN_IDENTITY.httpStatus();
    private static final int UNAUTHENTICATED = KmsErrorCode.UNAUTHENTICATED.httpStatus();

    private final DemoSteps steps;
    private final DemoParty alice;
    private final DemoParty bob;
    private final DemoParty server;
    private final DemoParty stranger;
    private final DemoParty unsigned;
    private final DemoOperators operators;
    private final SecureRandom random;
    private final Clock clock;

    Demo(DemoSteps steps, Parties parties, DemoOperators operators, SecureRandom random, Clock clock) {
        this.steps = steps;
        this.alice = parties.sender();
        this.bob = parties.receiver();
        this.server = parties.server();
        this.unsigned = parties.unsigned();
        this.stranger = parties.stranger();
        this.operators = operators;
        this.random = random;
        this.clock = clock;
    }

    /**
     * Who takes part.
     *
     * @param unsigned the sender, without the keys of the device
     * @param stranger a client whose access token is not signed by the IdM; it never gets anything
     */
    record Parties(DemoParty sender, DemoParty receiver, DemoParty server, DemoParty unsigned, DemoParty stranger) {}

    /** Runs all steps; the first that is not right ends it with an exception. */
    void run() {
        for (DemoParty party : List.of(alice, bob, server)) {
            steps.run(party.name(), "KMS Initialize", party::initialise);
            steps.run(party.name(), "KMS KeyProvision", party::fetchKeys);
        }
        steps.run("all three", "compare root certificates", this::sameCertificate);
        steps.run(alice.name(), "ask again", this::sameKeysAgain);
        sendSecret();
        steps.run(alice.name(), "ask for keys of " + bob.name(), () -> refused(alice, bob.uri(), FORBIDDEN));
        steps.run(alice.name(), "ask for keys of " + server.name(), () -> refused(alice, server.uri(), FORBIDDEN));
        steps.run(alice.name(), "ask without signature", () -> refused(unsigned, alice.uri(), FORBIDDEN));
        steps.run(stranger.name(), "ask with a forged token", () -> refused(stranger, stranger.uri(), UNAUTHENTICATED));
        renewKeys();
        byte[] bundle = steps.run(
                "officer", "bundle for " + alice.name(), () -> operators.makeBundle(alice.uri(), nextPeriod()));
        steps.run(alice.name(), "import the bundle", () -> importBundle(bundle));
        steps.run("operator", "certificate for partners", operators::exportCertificate);
    }

    private void renewKeys() {
        steps.run("operator", "new keys for " + alice.name(), () -> operators.orderRotation(alice.uri()));
        List<String> announced = steps.run(alice.name(), "KMS KeyProvision", this::announcedKeys);
        steps.run(alice.name(), "KMS KeyProvision", () -> usedKeys(announced));
    }

    private DemoSteps.Outcome<List<String>> announcedKeys() {
        alice.fetchKeys();
        List<String> announced = KeyStoreText.pendingNames(device().store());
        DemoSteps.require(!announced.isEmpty(), "no new keys came");
        return new DemoSteps.Outcome<>(announced, "brings " + String.join(" and ", announced));
    }

    private DemoSteps.Outcome<Boolean> usedKeys(List<String> announced) {
        alice.fetchKeys();
        DemoSteps.require(KeyStoreText.activeNames(device().store()).equals(announced), "the new keys are not in use");
        return new DemoSteps.Outcome<>(true, "signed under " + announced.get(announced.size() - 1) + " from now on");
    }

    private DemoSteps.Outcome<Boolean> importBundle(byte[] bundle) {
        List<KeySetSummary> imported = new BundleImport(device().store(), ReceptionPolicy.STANDARD, clock).read(bundle);
        DemoSteps.require(imported.size() == 2, imported.size() + " key sets came, expected two");
        return new DemoSteps.Outcome<>(true, imported.size() + " key sets, checked and kept without a network");
    }

    private DemoLine.Device device() {
        return (DemoLine.Device) alice.line();
    }

    /** The first moment of the key period after that of the keys held. */
    private Instant nextPeriod() {
        return alice.root().schedule().start(alice.keys().period().next());
    }

    private DemoSteps.Outcome<KmsCertificate> sameCertificate() {
        DemoSteps.require(
                alice.root().equals(bob.root()) && alice.root().equals(server.root()), "the certificates differ");
        return new DemoSteps.Outcome<>(alice.root(), "all the same");
    }

    private DemoSteps.Outcome<Boolean> sameKeysAgain() {
        try (DemoLine.Fetched again = alice.line().fetch(alice.uri())) {
            KmsKeySet keys = again.keys();
            boolean same = keys.pvt().equals(alice.keys().pvt())
                    && keys.ssk().use(ssk -> alice.keys().ssk().use(first -> MessageDigest.isEqual(ssk, first)))
                    && keys.rsk().use(rsk -> alice.keys().rsk().use(first -> MessageDigest.isEqual(rsk, first)));
            boolean newPeriod = !keys.period().equals(alice.keys().period());
            DemoSteps.require(same || newPeriod, "a second answer brought other keys for the same key period");
            return new DemoSteps.Outcome<>(true, newPeriod ? "a new key period has begun" : "the very same key set");
        }
    }

    private void sendSecret() {
        try (SharedSecretValue secret = SharedSecretValue.random(random)) {
            EncapsulatedData sealed = steps.run(alice.name(), "SAKKE to " + bob.name(), () -> encapsulate(secret));
            EccsiSignature signature = steps.run(alice.name(), "ECCSI signature", () -> sign(sealed));
            steps.run(bob.name(), "verify " + alice.name(), () -> verify(sealed, signature));
            steps.run(bob.name(), "open the secret", () -> open(sealed, secret));
            steps.run(bob.name(), "altered message", () -> verifyAltered(sealed, signature));
            steps.run(server.name(), "open what is for " + bob.name(), () -> openAsSomebodyElse(sealed));
        }
    }

    private DemoSteps.Outcome<EncapsulatedData> encapsulate(SharedSecretValue secret) {
        EncapsulatedData sealed = Sakke.encapsulate(
                secret, alice.identityOf(bob.uri()), alice.root().pubEncKey());
        return new DemoSteps.Outcome<>(
                sealed,
                SharedSecretValue.OCTETS + " fresh octets in " + sealed.octets().size());
    }

    private DemoSteps.Outcome<EccsiSignature> sign(EncapsulatedData sealed) {
        EccsiSigner signer = new EccsiSigner(
                alice.identity(),
                alice.keys().ssk(),
                alice.keys().pvt(),
                alice.root().pubAuthKey(),
                random);
        EccsiSignature signature = signer.sign(sealed.octets().toByteArray());
        return new DemoSteps.Outcome<>(signature, signature.octets().size() + " octets");
    }

    private DemoSteps.Outcome<Boolean> verify(EncapsulatedData sealed, EccsiSignature signature) {
        boolean right = new EccsiVerifier(bob.root().pubAuthKey())
                .verify(bob.identityOf(alice.uri()), sealed.octets().toByteArray(), signature);
        DemoSteps.require(right, "the signature does not verify");
        return new DemoSteps.Outcome<>(true, "the signature is hers");
    }

    private DemoSteps.Outcome<Boolean> open(EncapsulatedData sealed, SharedSecretValue sent) {
        try (SharedSecretValue received = Sakke.decapsulate(
                sealed, bob.keys().rsk(), bob.identity(), bob.root().pubEncKey())) {
            DemoSteps.require(received.constantTimeEquals(sent), "another secret came out");
            return new DemoSteps.Outcome<>(true, "the same " + SharedSecretValue.OCTETS + " octets");
        }
    }

    private DemoSteps.Outcome<Boolean> verifyAltered(EncapsulatedData sealed, EccsiSignature signature) {
        byte[] altered = sealed.octets().toByteArray();
        altered[altered.length - 1] ^= 1;
        boolean accepted =
                new EccsiVerifier(bob.root().pubAuthKey()).verify(bob.identityOf(alice.uri()), altered, signature);
        DemoSteps.require(!accepted, "an altered message was accepted");
        return new DemoSteps.Outcome<>(true, "rejected, as it must be");
    }

    private DemoSteps.Outcome<Boolean> openAsSomebodyElse(EncapsulatedData sealed) {
        try (SharedSecretValue opened = Sakke.decapsulate(
                sealed, server.keys().rsk(), server.identity(), server.root().pubEncKey())) {
            throw new CommandFailedException("a secret of " + SharedSecretValue.OCTETS + " octets came out: " + opened);
        } catch (DecapsulationException e) {
            return new DemoSteps.Outcome<>(true, "rejected, as it must be");
        }
    }

    private static DemoSteps.Outcome<Boolean> refused(DemoParty party, String uri, int status) {
        try (DemoLine.Fetched answer = party.line().fetch(uri)) {
            throw new CommandFailedException(
                    "the KMS gave keys of " + answer.keys().userUri() + " to " + party.uri());
        } catch (KmsRefusedException e) {
            DemoSteps.require(e.httpStatus() == status, "expected HTTP " + status + ", but " + e.getMessage());
            return new DemoSteps.Outcome<>(true, "refused with HTTP " + status + ", as it must be");
        }
    }
}
