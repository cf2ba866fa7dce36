package org.mckms.mikeysakke.mikey;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.EccsiSignature;
import org.mckms.mikeysakke.eccsi.EccsiSigner;
import org.mckms.mikeysakke.identity.NtpTimestamp;
import org.mckms.mikeysakke.identity.UserIdentifier;
import org.mckms.mikeysakke.mikey.MikeyPayload.Extension;
import org.mckms.mikeysakke.mikey.MikeyPayload.Sakke;
import org.mckms.mikeysakke.sakke.EncapsulatedData;
import org.mckms.mikeysakke.sakke.SakkeEncapsulator;
import org.mckms.mikeysakke.sakke.SharedSecretValue;

/**
 * Makes I_MESSAGEs of one initiator in one key period (TS 33.180 annex E). Thread safe if its source of randomness is.
 *
 * <p>Its signer is that of the period of the timestamps it is given; who changes period makes a new sender.
 */
public final class MikeySender {
    private final String initiatorUri;
    private final String initiatorKmsUri;
    private final EccsiSigner signer;
    private final SecureRandom random;
    private final Optional<Self> self;

    private record Self(Octets identity, SakkeEncapsulator kms) {}

    /**
     * A sender of messages with URIs in clear and without SAKKE-to-self.
     *
     * @param initiatorUri exactly as the KMS has it
     * @param signer of the initiator
     * @param random source of the IVs of key parameters
     */
    public MikeySender(String initiatorUri, String initiatorKmsUri, EccsiSigner signer, SecureRandom random) {
        this(initiatorUri, initiatorKmsUri, signer, random, Optional.empty());
    }

    private MikeySender(
            String initiatorUri, String initiatorKmsUri, EccsiSigner signer, SecureRandom random, Optional<Self> self) {
        this.initiatorUri = initiatorUri;
        this.initiatorKmsUri = initiatorKmsUri;
        this.signer = signer;
        this.random = random;
        this.self = self;
    }

    /**
     * The same sender with what identity hiding and SAKKE-to-self need.
     *
     * @param identity of the initiator, by custom the 32 octets of its UID
     * @param kms of the initiator
     */
    public MikeySender knowingItself(Octets identity, SakkeEncapsulator kms) {
        return new MikeySender(initiatorUri, initiatorKmsUri, signer, random, Optional.of(new Self(identity, kms)));
    }

    /**
     * Makes the message for one recipient.
     *
     * @param kmsOfRecipient of the KMS that {@code to} names
     * @param time in the key period of the signer and of the recipient's identity
     * @throws InvalidValueException if a URI or an identity cannot be encoded, the key identifier gives the recipient the CSB-ID 0
     *     (once in 2^28: draw another), or the profile needs {@link #knowingItself}
     */
    public MikeyMessage send(KeyToSend key, SakkeEncapsulator kmsOfRecipient, MikeyRecipient to, NtpTimestamp time) {
        return sendAll(key, kmsOfRecipient, List.of(to), time).get(0);
    }

    /**
     * Makes the message for each recipient, in their order; encapsulations and signatures share much of their work.
     *
     * @param recipients of the one KMS
     * @throws InvalidValueException as {@link #send}, and if the recipients have different KMSs
     */
    public List<MikeyMessage> sendAll(
            KeyToSend key, SakkeEncapsulator kmsOfRecipients, List<MikeyRecipient> recipients, NtpTimestamp time) {
        if (recipients.stream()
                .map(MikeyRecipient::kmsUri)
                .distinct()
                .skip(1)
                .findAny()
                .isPresent()) {
            throw new InvalidValueException("recipients of different KMSs cannot be sent to at once");
        }
        try (SharedSecretValue ssv = key.key().use(octets -> SharedSecretValue.takeFrom(octets.clone()))) {
            MessageAssembly assembly = assembly(key, ssv, time);
            List<EncapsulatedData> data = kmsOfRecipients.encapsulateAll(
                    ssv, recipients.stream().map(MikeyRecipient::identity).toList());
            List<MessageAssembly.Unsigned> unsigned = new ArrayList<>(recipients.size());
            for (int i = 0; i < recipients.size(); i++) {
                unsigned.add(assembly.messageFor(recipients.get(i), new Sakke(data.get(i)), freshIv()));
            }
            return signed(unsigned);
        }
    }

    /** What puts the messages together, for a test that gives the IV and signs with a scalar of its own. */
    MessageAssembly assembly(KeyToSend key, SharedSecretValue ssv, NtpTimestamp time) {
        MikeyIdentity initiator = key.profile().hidingIdentities()
                ? MikeyIdentity.uid(new UserIdentifier(self().identity()))
                : MikeyIdentity.uri(initiatorUri);
        Optional<Extension> toSelf = key.profile().toSelf()
                ? Optional.of(Extension.toSelf(self().kms().encapsulate(ssv, self().identity())))
                : Optional.empty();
        return new MessageAssembly(key, initiator, initiatorKmsUri, time, toSelf);
    }

    private Self self() {
        return self.orElseThrow(
                () -> new InvalidValueException("identity hiding and SAKKE-to-self need the initiator's own identity"));
    }

    private Octets freshIv() {
        byte[] iv = new byte[ProtectedPayload.IV_OCTETS];
        random.nextBytes(iv);
        return Octets.copyOf(iv);
    }

    private List<MikeyMessage> signed(List<MessageAssembly.Unsigned> unsigned) {
        List<EccsiSignature> signatures = signer.signAll(
                unsigned.stream().map(MessageAssembly.Unsigned::toBeSigned).toList());
        List<MikeyMessage> messages = new ArrayList<>(unsigned.size());
        for (int i = 0; i < unsigned.size(); i++) {
            messages.add(unsigned.get(i).signed(signatures.get(i)));
        }
        return List.copyOf(messages);
    }
}
