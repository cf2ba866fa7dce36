package org.mckms.client.cli;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.mckms.client.AdminClient;
import org.mckms.client.BundleJobsAdmin;
import org.mckms.client.ClientKeysAdmin;
import org.mckms.client.RegistrationImport;
import org.mckms.client.store.ClientKeyStore;
import org.mckms.protocol.partner.PartnerCertificate;
import org.mckms.protocol.partner.PartnerCertificateDocument;
import org.mckms.protocol.sealed.Opener;

/** What officer and operator do in the demonstration; files go into a folder of the home. */
final class DemoOperators {
    static final String DEVICE = "phone";

    private static final Duration FIRST_USE = Duration.ofHours(1);
    private static final String REASON = "demonstration";
    private static final int SHOWN_DIGITS = 16;
    private static final int JOB_POLLS = 240;
    private static final long POLL_MILLIS = 250;
    private static final Set<String> ENDED = Set.of("FINISHED", "CANCELLED");

    private final CliContext context;
    private final Home home;
    private final AdminClient officer;
    private final AdminClient operator;

    DemoOperators(CliContext context, Home home, AdminClient officer, AdminClient operator) {
        this.context = context;
        this.home = home;
        this.officer = officer;
        this.operator = operator;
    }

    /**
     * Registers the device of a user and opens its key store with the keys in it; a registration there may be is replaced.
     *
     * @param name of the key store in the home
     */
    ClientKeyStore enrol(DemoSteps steps, String name, String uri) {
        try {
            return FreshPassphrase.use(context.random(), passphrase -> enrol(steps, name, uri, passphrase));
        } catch (IOException e) {
            throw new CommandFailedException("cannot make a key store: " + e.getMessage());
        }
    }

    private ClientKeyStore enrol(DemoSteps steps, String name, String uri, char[] passphrase) {
        try (Opener opener = Opener.passphrase(passphrase)) {
            byte[] file = steps.run("officer", "register " + name, () -> register(uri, passphrase));
            return steps.run(name, "import the registration", () -> imported(name, file, opener));
        }
    }

    private DemoSteps.Outcome<byte[]> register(String uri, char[] passphrase) {
        ClientKeysAdmin.Device device = new ClientKeysAdmin.Device(uri, Optional.of(DEVICE));
        byte[] file = officer.clientKeys()
                .register(new ClientKeysAdmin.Order(device, FIRST_USE, REASON), passphrase)
                .file()
                .orElseThrow(() -> new CommandFailedException("no registration file came"));
        return new DemoSteps.Outcome<>(file, "a file of " + file.length + " octets, sealed under a passphrase");
    }

    private DemoSteps.Outcome<ClientKeyStore> imported(String name, byte[] file, Opener opener) {
        try (RegistrationImport registration = RegistrationImport.open(
                file, opener, Optional.empty(), context.clock().instant())) {
            ClientKeyStore store = RegistrationIntake.take(context, home, name, registration);
            return new DemoSteps.Outcome<>(store, String.join(" and ", KeyStoreText.activeNames(store)));
        } catch (IOException e) {
            throw new CommandFailedException("cannot make a key store: " + e.getMessage());
        }
    }

    /** Has a device renew its keys. */
    DemoSteps.Outcome<Boolean> orderRotation(String uri) {
        operator.clientKeys().rotate(new ClientKeysAdmin.Device(uri, Optional.of(DEVICE)), REASON);
        return new DemoSteps.Outcome<>(true, "the next answer brings them");
    }

    /** Has a bundle made for one device, up to the key period that contains a time. */
    DemoSteps.Outcome<byte[]> makeBundle(String uri, Instant to) {
        BundleJobsAdmin jobs = officer.bundleJobs();
        Path file = folder().resolve("bundle");
        JsonObject job = jobs.start(
                new BundleJobsAdmin.Order(Optional.empty(), Optional.of(to), REASON), list(uri), JobWatch.UPLOAD_LIMIT);
        String id = job.getString("id");
        for (int polls = 0; polls < JOB_POLLS && !ENDED.contains(job.getString("state")); polls++) {
            CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(POLL_MILLIS, TimeUnit.MILLISECONDS))
                    .join();
            job = jobs.show(id);
        }
        DemoSteps.require(job.getInt("done", 0) == 1, "the bundle was not made: " + job.getString("state"));
        jobs.bundle(id, 1, file);
        jobs.remove(id);
        return new DemoSteps.Outcome<>(
                read(file), "key periods " + job.get("firstPeriod") + " to " + job.get("lastPeriod"));
    }

    /** Exports the certificate of the KMS for partners and verifies its signature. */
    DemoSteps.Outcome<Path> exportCertificate() {
        Path file = folder().resolve("our-certificate.xml");
        operator.partners().exportOwn(Optional.empty(), file);
        PartnerCertificate exported = PartnerCertificateDocument.read(read(file));
        DemoSteps.require(exported.signer().isPresent(), "the certificate is not signed");
        String fingerprint = Texts.lowerHex(exported.fingerprint());
        return new DemoSteps.Outcome<>(
                file, "signed on the token, fingerprint " + fingerprint.substring(0, SHOWN_DIGITS) + "...");
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new CommandFailedException("cannot read " + file);
        }
    }

    private Path list(String uri) {
        try {
            return Files.writeString(folder().resolve("users.csv"), uri + "," + DEVICE + "\n");
        } catch (IOException e) {
            throw new CommandFailedException("cannot write the list of users: " + e.getMessage());
        }
    }

    private Path folder() {
        try {
            return Files.createDirectories(home.directory().resolve("demo"));
        } catch (IOException e) {
            throw new CommandFailedException("cannot make the folder for the files: " + e.getMessage());
        }
    }
}
