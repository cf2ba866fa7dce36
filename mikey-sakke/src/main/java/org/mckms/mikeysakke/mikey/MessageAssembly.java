package org.mckms.mikeysakke.mikey;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.EccsiSignature;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.identity.NtpTimestamp;
import org.mckms.mikeysakke.identity.UserIdentifier;
import org.mckms.mikeysakke.kdf.KeyDerivation;
import org.mckms.mikeysakke.mikey.MikeyPayload.Extension;
import org.mckms.mikeysakke.mikey.MikeyPayload.Identity;
import org.mckms.mikeysakke.mikey.MikeyPayload.Policy;
import org.mckms.mikeysakke.mikey.MikeyPayload.Sakke;
import org.mckms.mikeysakke.mikey.MikeyPayload.Timestamp;

/** Puts the messages of one key together; all that is random is given. */
final class MessageAssembly {
    private final KeyToSend key;
    private final MikeyIdentity initiator;
    private final String initiatorKmsUri;
    private final NtpTimestamp time;
    private final Optional<Extension> toSelf;
    private final Optional<Octets> parameters;

    /** For messages of one initiator and time; {@code toSelf} is the SAKKE-to-self of the profile. */
    MessageAssembly(
            KeyToSend key,
            MikeyIdentity initiator,
            String initiatorKmsUri,
            NtpTimestamp time,
            Optional<Extension> toSelf) {
        this.key = key;
        this.initiator = initiator;
        this.initiatorKmsUri = initiatorKmsUri;
        this.time = time;
        this.toSelf = toSelf;
        this.parameters = key.parameters().map(ParameterCodec::encode);
    }

    /** A message without its signature. */
    record Unsigned(CommonHeader header, List<MikeyPayload> payloads) {
        byte[] toBeSigned() {
            return MessageParts.toBeSigned(header, payloads);
        }

        MikeyMessage signed(EccsiSignature signature) {
            return MikeyMessage.of(new MessageParts(header, payloads, signature));
        }
    }

    /**
     * The message for a recipient.
     *
     * @param sakke the key, encapsulated to the recipient
     * @param iv 16 octets for the key parameters, never used before with this key and recipient
     */
    Unsigned messageFor(MikeyRecipient to, Sakke sakke, Octets iv) {
        KeyIdentifier csbId = csbId(to);
        List<MikeyPayload> payloads = new ArrayList<>();
        payloads.add(new Timestamp(time));
        payloads.add(new MikeyPayload.Random(key.rand()));
        payloads.add(Identity.initiator(initiator));
        payloads.add(Identity.responder(responder(to)));
        payloads.add(Identity.initiatorKms(initiatorKmsUri));
        payloads.add(Identity.responderKms(to.kmsUri()));
        policy().ifPresent(payloads::add);
        payloads.add(sakke);
        toSelf.ifPresent(payloads::add);
        parameters.ifPresent(content -> payloads.add(protect(content, csbId, iv)));
        return new Unsigned(new CommonHeader(false, csbId, map(csbId)), payloads);
    }

    private KeyIdentifier csbId(MikeyRecipient to) {
        KeyIdentifier csbId =
                key.purpose().isDiversified() ? KeyDerivation.gukId(key.key(), key.keyId(), to.uri()) : key.keyId();
        if (csbId.value() == 0) {
            throw new InvalidValueException("key identifier " + key.keyId().toString()
                    + " gives a recipient the CSB-ID 0, which is not allowed; draw another identifier");
        }
        return csbId;
    }

    private MikeyIdentity responder(MikeyRecipient to) {
        return key.profile().hidingIdentities()
                ? MikeyIdentity.uid(new UserIdentifier(to.identity()))
                : MikeyIdentity.uri(to.uri());
    }

    private CsIdMap map(KeyIdentifier csbId) {
        List<CryptoSessionId> sessions = key.profile().sessions();
        if (sessions.isEmpty()) {
            return new CsIdMap.Empty();
        }
        Octets spi = MessageOpener.spi(key.purpose(), key.keyId(), csbId);
        return new CsIdMap.GenericId(
                sessions.stream().map(session -> CryptoSession.of(session, spi)).toList());
    }

    private Optional<Policy> policy() {
        List<CryptoSessionId> sessions = key.profile().sessions();
        boolean group = sessions.stream().anyMatch(CryptoSessionId::isGroup);
        return sessions.isEmpty()
                ? Optional.empty()
                : Optional.of(new Policy(group ? SecurityPolicy.GROUP : SecurityPolicy.PRIVATE));
    }

    private Extension protect(Octets content, KeyIdentifier csbId, Octets iv) {
        Octets head = ProtectedPayload.head(time, iv, csbId);
        ProtectedPayload payload = ParameterProtection.seal(key.key(), head, content);
        return new Extension(Extension.KEY_PARAMETERS, payload.encode());
    }
}
