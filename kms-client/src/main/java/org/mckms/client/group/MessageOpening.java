package org.mckms.client.group;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.mckms.client.CandidateKeys;
import org.mckms.client.KmsClient;
import org.mckms.client.PartnerDirectory;
import org.mckms.client.PartnerRefusedException;
import org.mckms.mikeysakke.MikeySakkeException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.Sha256;
import org.mckms.mikeysakke.eccsi.EccsiSignature;
import org.mckms.mikeysakke.identity.UserIdentifier;
import org.mckms.mikeysakke.mikey.MalformedMikeyException;
import org.mckms.mikeysakke.mikey.MikeyLeniency;
import org.mckms.mikeysakke.mikey.MikeyMessage;
import org.mckms.mikeysakke.mikey.MikeyRefusedException;
import org.mckms.mikeysakke.mikey.OpenedKey;
import org.mckms.mikeysakke.sakke.SharedSecretValue;
import org.mckms.protocol.group.ReceptionFault;
import org.mckms.protocol.message.KmsCertificate;

/**
 * Checks and opens key messages to one identity: a user, an MC server, a GMS (TS 33.180 clauses 5.2 and E, RFC 6509). The
 * checks come in the order of their cost, and the signature before SAKKE, so that nobody but an authorised sender makes
 * this side use its private key. Nothing is kept here but public keys of signers. Safe for use by several threads.
 */
public final class MessageOpening {
    private final KmsClient kms;
    private final String uri;
    private final MikeyLeniency leniency;
    private final Predicate<Octets> deniedTokens;
    private final Verifiers verifiers = new Verifiers();

    /**
     * By the standard alone.
     *
     * @param kms holds the key sets of the identity, and the certificates of this and other KMSs
     * @param uri the identity, as in its key sets
     */
    public MessageOpening(KmsClient kms, String uri) {
        this(kms, uri, MikeyLeniency.STRICT, token -> false);
    }

    /**
     * With deviations of other makes.
     *
     * @param deniedTokens PVTs of signers whose device was lost: an SSK cannot be revoked otherwise before its period ends
     */
    public MessageOpening(KmsClient kms, String uri, MikeyLeniency leniency, Predicate<Octets> deniedTokens) {
        this.kms = kms;
        this.uri = uri;
        this.leniency = leniency;
        this.deniedTokens = deniedTokens;
    }

    /** The identity that messages are opened for. */
    public String uri() {
        return uri;
    }

    /**
     * The name of a message: SHA-256 of what its signature covers. The signature is left out, since with one signature
     * others over the same octets can be made.
     */
    public static Octets digest(Octets message) {
        return Sha256.of(message.slice(0, Math.max(0, message.size() - EccsiSignature.OCTETS)));
    }

    /**
     * Opens a message that passes all checks.
     *
     * @return the key, which the caller closes
     * @throws ReceptionException with the check that failed
     */
    public OpenedMessage open(Octets octets, ExpectedMessage expected) {
        MikeyMessage message = parse(octets);
        Octets digest = digest(octets);
        Instant time = message.timestamp().toInstant();
        Instant usableUntil = checkFresh(time, digest, expected);
        List<KmsCertificate> ofSender = certificates(message.initiatorKmsUri(), time);
        List<KmsCertificate> ofReceiver = certificates(message.responderKmsUri(), time);
        UserIdentifier signer = verify(message, time, ofSender);
        Sender sender = authorised(message, signer, time, ofSender, expected);
        checkForMe(message, time, ofReceiver);
        OpenedKey key = decapsulate(message, time);
        try {
            checkPurpose(key, expected);
            return new OpenedMessage(sender, time, digest, usableUntil, key);
        } catch (RuntimeException | Error e) {
            key.close();
            throw e;
        }
    }

    /** Checks 1 and 2: form, and the values that MC services use. */
    private MikeyMessage parse(Octets octets) {
        try {
            return MikeyMessage.parse(octets.toByteArray(), leniency);
        } catch (MalformedMikeyException e) {
            throw new ReceptionException(ReceptionFault.MALFORMED, "not an I_MESSAGE: " + e.getMessage(), e);
        }
    }

    /** Check 3: the timestamp, and whether the message came before. */
    private Instant checkFresh(Instant time, Octets digest, ExpectedMessage expected) {
        Instant usableUntil = usableUntil(time);
        if (!expected.window().admits(time, kms.clock().instant(), usableUntil)) {
            throw new ReceptionException(ReceptionFault.STALE, "the message is of " + time);
        }
        if (expected.seen().contains(digest)) {
            throw new ReceptionException(ReceptionFault.REPLAYED, "the message of " + time + " came before");
        }
        return usableUntil;
    }

    /** End of the own key period of a time and the grace after it; never without a certificate, as check 4 then says. */
    private Instant usableUntil(Instant time) {
        try {
            return kms.partners().certificatesOf(kms.home(), time).stream()
                    .map(KmsCertificate::schedule)
                    .map(schedule -> schedule.start(schedule.at(time).next()))
                    .max(Comparator.naturalOrder())
                    .map(end -> end.plus(kms.policy().grace()))
                    .orElse(Instant.MAX);
        } catch (PartnerRefusedException | MikeySakkeException e) {
            return Instant.MAX;
        }
    }

    /** Check 4: the KMSs named are known, and their certificates hold at the time of the message. */
    private List<KmsCertificate> certificates(String kmsUri, Instant time) {
        try {
            return kms.partners().certificatesOf(kmsUri, time);
        } catch (PartnerRefusedException e) {
            throw new ReceptionException(ReceptionFault.UNKNOWN_KMS, e.getMessage(), e);
        }
    }

    /** Check 5: the signature, under any of the certificates that the KMS of the sender has now. Gives the UID that signed. */
    private UserIdentifier verify(MikeyMessage message, Instant time, List<KmsCertificate> certificates) {
        for (KmsCertificate certificate : certificates) {
            UserIdentifier signer = message.initiator()
                    .uid()
                    .orElseGet(() ->
                            PartnerDirectory.uidOf(message.initiator().uri().orElseThrow(), certificate, time));
            if (message.verifies(
                    verifiers.of(certificate.pubAuthKey()),
                    kms.policy().encoding().identityOctets(signer))) {
                return signer;
            }
        }
        throw new ReceptionException(
                ReceptionFault.WRONG_SIGNATURE,
                "the signature is not that of the sender named, of the KMS " + message.initiatorKmsUri());
    }

    /**
     * Check 6: the sender may send this. Check 9 is part of it: a hidden sender is found among those expected by its UID,
     * and there is no reason to open a message of a stranger first.
     */
    private Sender authorised(
            MikeyMessage message,
            UserIdentifier signer,
            Instant time,
            List<KmsCertificate> certificates,
            ExpectedMessage expected) {
        if (deniedTokens.test(message.signature().pvt())) {
            throw new ReceptionException(ReceptionFault.NOT_AUTHORISED, "the signing key of the sender is denied");
        }
        Optional<String> named = message.initiator().uri();
        return expected.senders().stream()
                .filter(sender -> sender.kmsUri().equals(message.initiatorKmsUri()))
                .filter(sender -> named.map(sender.uri()::equals).orElseGet(() -> certificates.stream()
                        .anyMatch(certificate -> PartnerDirectory.uidOf(sender.uri(), certificate, time)
                                .equals(signer))))
                .findFirst()
                .orElseThrow(() -> new ReceptionException(
                        ReceptionFault.NOT_AUTHORISED,
                        named.orElse("the hidden sender") + " of the KMS " + message.initiatorKmsUri()
                                + " may not send keys here"));
    }

    /** Check 7: the receiver named, by URI or UID, is this identity. */
    private void checkForMe(MikeyMessage message, Instant time, List<KmsCertificate> certificates) {
        boolean mine = message.responderKmsUri().equals(kms.home())
                && message.responder().uri().map(uri::equals).orElseGet(() -> certificates.stream()
                        .map(certificate -> PartnerDirectory.uidOf(uri, certificate, time))
                        .anyMatch(message.responder().uid().orElseThrow()::equals));
        if (!mine) {
            throw new ReceptionException(
                    ReceptionFault.NOT_FOR_ME,
                    "the message is for " + message.responder().uri().orElse("a hidden receiver") + " of the KMS "
                            + message.responderKmsUri());
        }
    }

    /** Checks 8, 10, 11 and 12: the key, its identifiers and its parameters agree. */
    private OpenedKey decapsulate(MikeyMessage message, Instant time) {
        try (CandidateKeys keys = kms.keysFor(uri, time)) {
            if (keys.isEmpty()) {
                throw new ReceptionException(
                        ReceptionFault.CANNOT_OPEN, "no key set of " + uri + " is held for the key period of " + time);
            }
            try (SharedSecretValue ssv = keys.decapsulate(message.sakke())) {
                return message.open(ssv, uri);
            }
        } catch (MikeyRefusedException e) {
            throw new ReceptionException(fault(e.reason()), "the key is refused: " + e.getMessage(), e);
        } catch (MikeySakkeException e) {
            throw new ReceptionException(ReceptionFault.CANNOT_OPEN, "the key cannot be decapsulated", e);
        }
    }

    private static ReceptionFault fault(MikeyRefusedException.Reason reason) {
        return switch (reason) {
            case UNKNOWN_PURPOSE, WRONG_SPI, WRONG_KEY_TYPE -> ReceptionFault.KEY_MISMATCH;
            case PARAMETERS_NOT_OPENED, MALFORMED_PARAMETERS -> ReceptionFault.CANNOT_OPEN;
        };
    }

    /** The rest of check 10: such keys come by this way. */
    private static void checkPurpose(OpenedKey key, ExpectedMessage expected) {
        if (!expected.purposes().contains(key.purpose())) {
            throw new ReceptionException(
                    ReceptionFault.KEY_MISMATCH, "a " + key.purpose() + " comes where none is expected");
        }
    }
}
