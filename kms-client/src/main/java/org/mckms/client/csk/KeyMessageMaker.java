package org.mckms.client.csk;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.mckms.client.CandidateKeys;
import org.mckms.client.KmsClient;
import org.mckms.client.PartnerDirectory;
import org.mckms.client.group.MessageOpening;
import org.mckms.client.group.Sender;
import org.mckms.client.store.UserKeys;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.core.SakkeCore;
import org.mckms.mikeysakke.eccsi.EccsiSigner;
import org.mckms.mikeysakke.identity.IdentityEncoding;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.identity.NtpTimestamp;
import org.mckms.mikeysakke.kdf.KeyDerivation;
import org.mckms.mikeysakke.mikey.KeyPurpose;
import org.mckms.mikeysakke.mikey.KeyToSend;
import org.mckms.mikeysakke.mikey.MessageProfile;
import org.mckms.mikeysakke.mikey.MikeyRecipient;
import org.mckms.mikeysakke.mikey.MikeySender;
import org.mckms.mikeysakke.sakke.KmsPublicKey;
import org.mckms.mikeysakke.sakke.SakkeEncapsulator;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.protocol.message.KmsCertificate;

/**
 * Draws keys between a client and its server, and makes the I_MESSAGEs that carry them (TS 33.180 clauses 5.4, 5.8 and E.4): the
 * default policy of the key, URIs in clear. Safe for use by several threads.
 */
final class KeyMessageMaker {
    private static final int VARIABLE_BITS = 28;
    private static final int RAND_OCTETS = 16;
    private static final int MAX_TABLES = 8;

    private final KmsClient kms;
    private final String uri;
    private final SakkeCore core;
    private final SecureRandom random;
    /** Tables of the KMSs met lately. */
    private final Map<KmsPublicKey, SakkeEncapsulator> tables = new LinkedHashMap<>(16, 0.75f, true);

    /** @param uri who sends: an identity that {@code kms} has key sets of */
    KeyMessageMaker(KmsClient kms, String uri, SakkeCore core, SecureRandom random) {
        this.kms = kms;
        this.uri = uri;
        this.core = core;
        this.random = random;
    }

    /** A message with the key in it, which its taker closes. */
    record Made(ServerKeyDetails details, SecretOctets key, Octets message) {}

    /** Draws a key for a binding and makes the message to its receiver. */
    Made make(KeyPurpose purpose, CskBinding binding, Sender to) {
        byte[] octets = new byte[KeyDerivation.KEY_OCTETS];
        random.nextBytes(octets);
        SecretOctets key = SecretOctets.takeFrom(octets);
        try {
            KeyIdentifier keyId = new KeyIdentifier(
                    purpose.tag() << VARIABLE_BITS | random.nextInt() >>> Integer.SIZE - VARIABLE_BITS);
            byte[] rand = new byte[RAND_OCTETS];
            random.nextBytes(rand);
            return make(purpose, keyId, key, Octets.copyOf(rand), binding, to);
        } catch (RuntimeException | Error e) {
            key.close();
            throw e;
        }
    }

    /** Makes a message with a key that others have too. */
    Made make(KeyPurpose purpose, KeyIdentifier keyId, SecretOctets key, Octets rand, CskBinding binding, Sender to) {
        NtpTimestamp time = NtpTimestamp.of(kms.clock().instant());
        Instant stamped = time.toInstant();
        KeyToSend toSend = KeyToSend.withoutParameters(purpose, keyId, key, rand, MessageProfile.DEFAULT);
        Octets message = message(toSend, to, time, stamped);
        ServerKeyDetails details = new ServerKeyDetails(
                purpose,
                keyId,
                rand,
                binding,
                Optional.empty(),
                new ServerKeyDetails.Origin(uri, stamped, MessageOpening.digest(message)));
        return new Made(details, key, message);
    }

    private Octets message(KeyToSend key, Sender to, NtpTimestamp time, Instant stamped) {
        IdentityEncoding encoding = kms.policy().encoding();
        KmsCertificate certificate = kms.partners().certificateOf(to.kmsUri(), stamped);
        MikeyRecipient recipient = new MikeyRecipient(
                to.uri(), to.kmsUri(), encoding.identityOctets(PartnerDirectory.uidOf(to.uri(), certificate, stamped)));
        try (CandidateKeys own = kms.keysFor(uri, stamped)) {
            UserKeys newest = own.newest();
            EccsiSigner signer = new EccsiSigner(
                    encoding.identityOctets(newest.keys().userId()),
                    newest.keys().ssk(),
                    newest.keys().pvt(),
                    newest.root().pubAuthKey(),
                    random);
            return new MikeySender(uri, kms.home(), signer, random)
                    .send(key, tablesOf(certificate.pubEncKey()), recipient, time)
                    .octets();
        }
    }

    private synchronized SakkeEncapsulator tablesOf(KmsPublicKey zT) {
        SakkeEncapsulator found = tables.computeIfAbsent(zT, each -> new SakkeEncapsulator(core, each));
        if (tables.size() > MAX_TABLES) {
            tables.remove(tables.keySet().iterator().next());
        }
        return found;
    }
}
