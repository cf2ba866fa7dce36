package org.mckms.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.mckms.client.CandidateKeys;
import org.mckms.client.KmsClient;
import org.mckms.client.PartnerDirectory;
import org.mckms.client.RegistrationImport;
import org.mckms.client.TlsMaterial;
import org.mckms.client.store.ClientKeyStore;
import org.mckms.client.store.StoreKey;
import org.mckms.client.store.UserKeys;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.core.ScalarSakkeCore;
import org.mckms.mikeysakke.eccsi.EccsiSigner;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.identity.NtpTimestamp;
import org.mckms.mikeysakke.mikey.KeyParameters;
import org.mckms.mikeysakke.mikey.KeyPurpose;
import org.mckms.mikeysakke.mikey.KeyToSend;
import org.mckms.mikeysakke.mikey.MessageProfile;
import org.mckms.mikeysakke.mikey.MikeyRecipient;
import org.mckms.mikeysakke.mikey.MikeySender;
import org.mckms.mikeysakke.sakke.SakkeEncapsulator;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.sealed.Opener;

/**
 * A second device of a system's GMS, played by a test: it has the signing key of the GMS from its KMS, and makes the key
 * messages that the server itself would never make.
 */
public final class PlayedGms implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String DEVICE = "played";

    private final String uri;
    private final ClientKeyStore store;
    private final KmsClient client;

    private PlayedGms(String uri, ClientKeyStore store, KmsClient client) {
        this.uri = uri;
        this.store = store;
        this.client = client;
    }

    /** Registers the device by two officers, and fetches key set and certificates of partners with the GMS's own token. */
    public static PlayedGms registered(Gms gms, Path folder) {
        KmsHome home = gms.kms().home();
        Map<String, String> device = Map.of("owner", gms.uri(), "device", DEVICE, "reason", "played by a test");
        AdminFace.object(gms.kms().admin("officer").post("/client-keys/request", device));
        Map<String, String> order = new TreeMap<>(device);
        order.put("validFor", "P1D");
        order.put("passphrase", RegisteredDevice.PASSPHRASE);
        byte[] file =
                gms.kms().admin("officer2").post("/client-keys/approve", order).body();
        byte[] secret = new byte[32];
        RANDOM.nextBytes(secret);
        try (SecretOctets octets = SecretOctets.takeFrom(secret);
                StoreKey key = StoreKey.key(octets);
                Opener opener = Opener.passphrase(RegisteredDevice.PASSPHRASE.toCharArray());
                RegistrationImport first = RegistrationImport.open(file, opener, Optional.empty(), Instant.now())) {
            ClientKeyStore store = first.createStore(folder.resolve("played.keys"), key, RANDOM);
            Path token = Path.of(home.setting("gms.token-file"));
            KmsClient client = KmsClient.of(store)
                    .tls(TlsMaterial.trusting(home.trust())
                            .withPem(
                                    Path.of(home.setting("gms.tls.certificate")), Path.of(home.setting("gms.tls.key"))))
                    .tokens(() -> read(token))
                    .addresses(URI.create("https://localhost:" + home.kmsPort()))
                    .clock(Clock.systemUTC())
                    .build();
            client.provision();
            client.updatePartners();
            return new PlayedGms(gms.uri(), store, client);
        }
    }

    private static String read(Path token) {
        try {
            return Files.readString(token).trim();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A key message to the GMS of a partner.
     *
     * @param time its T, for which the receiver's key period is that of now
     */
    public Octets message(KeyIdentifier id, byte[] key, String groupUri, String to, String kmsUri, Instant time) {
        Instant now = Instant.now();
        KmsCertificate certificate = client.partners().certificateOf(kmsUri, now);
        KeyParameters parameters = new KeyParameters(
                KeyPurpose.GMK, false, false, Optional.empty(), Optional.empty(), "", List.of(groupUri));
        try (CandidateKeys own = client.keysFor(uri, now);
                SecretOctets secret = SecretOctets.takeFrom(key.clone())) {
            return sender(own.newest())
                    .send(
                            KeyToSend.withParameters(
                                    id, secret, Octets.copyOf(new byte[16]), parameters, MessageProfile.DEFAULT),
                            new SakkeEncapsulator(new ScalarSakkeCore(), certificate.pubEncKey()),
                            new MikeyRecipient(
                                    to,
                                    kmsUri,
                                    PartnerDirectory.uidOf(to, certificate, time)
                                            .octets()),
                            NtpTimestamp.of(time))
                    .octets();
        }
    }

    private MikeySender sender(UserKeys own) {
        EccsiSigner signer = new EccsiSigner(
                own.keys().userId().octets(),
                own.keys().ssk(),
                own.keys().pvt(),
                own.root().pubAuthKey(),
                RANDOM);
        return new MikeySender(uri, client.home(), signer, RANDOM);
    }

    @Override
    public void close() {
        store.close();
    }
}
