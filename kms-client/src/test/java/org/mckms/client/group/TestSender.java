package org.mckms.client.group;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.mckms.client.PartnerDirectory;
import org.mckms.client.TestEpoch;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.core.ScalarSakkeCore;
import org.mckms.mikeysakke.eccsi.EccsiSignature;
import org.mckms.mikeysakke.eccsi.EccsiSigner;
import org.mckms.mikeysakke.identity.NtpTimestamp;
import org.mckms.mikeysakke.identity.UserIdentifier;
import org.mckms.mikeysakke.mikey.MikeyRecipient;
import org.mckms.mikeysakke.mikey.MikeySender;
import org.mckms.mikeysakke.sakke.SakkeEncapsulator;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.protocol.message.KmsKeySet;

/** A group management server, or whoever plays one, with the keys of a KMS. */
public record TestSender(String uri, TestEpoch epoch) {
    private static final Map<TestEpoch, SakkeEncapsulator> TABLES = new ConcurrentHashMap<>();

    public Sender sender() {
        return new Sender(uri, epoch.root().kmsUri());
    }

    /** A message to a user of a KMS, by the standard. */
    public Octets message(TestGroupKey key, String to, TestEpoch kmsOfReceiver, Instant time) {
        return message(key, to, to, kmsOfReceiver, time);
    }

    /** A message that was altered, under a new signature. */
    public Octets resigned(Octets altered, Instant time) {
        Octets signed = altered.slice(0, altered.size() - EccsiSignature.OCTETS);
        try (KmsKeySet own = epoch.keySet(uri, time)) {
            return signed.concat(signer(own).sign(signed.toByteArray()).octets());
        }
    }

    /** A message that names one receiver and is encapsulated to another. */
    public Octets message(
            TestGroupKey key, String named, String encapsulatedTo, TestEpoch kmsOfReceiver, Instant time) {
        UserIdentifier to = PartnerDirectory.uidOf(encapsulatedTo, kmsOfReceiver.root(), time);
        try (KmsKeySet own = epoch.keySet(uri, time);
                SecretOctets octets = key.key()) {
            return new MikeySender(uri, epoch.root().kmsUri(), signer(own), new SecureRandom())
                    .knowingItself(own.userId().octets(), tables(epoch))
                    .send(
                            key.toSend(octets),
                            tables(kmsOfReceiver),
                            new MikeyRecipient(named, kmsOfReceiver.root().kmsUri(), to.octets()),
                            NtpTimestamp.of(time))
                    .octets();
        }
    }

    private static SakkeEncapsulator tables(TestEpoch kms) {
        return TABLES.computeIfAbsent(
                kms,
                each -> new SakkeEncapsulator(new ScalarSakkeCore(), each.root().pubEncKey()));
    }

    private EccsiSigner signer(KmsKeySet own) {
        return new EccsiSigner(
                own.userId().octets(), own.ssk(), own.pvt(), epoch.root().pubAuthKey(), new SecureRandom());
    }
}
