package org.mckms.client;

import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.mckms.client.store.ClientKeyStore;
import org.mckms.client.store.StoreEdit;
import org.mckms.client.store.StoreOwner;
import org.mckms.protocol.cek.CekAcknowledgement;
import org.mckms.protocol.cek.CekList;
import org.mckms.protocol.codec.KmsRequestCodec;
import org.mckms.protocol.codec.ReceivedResponse;
import org.mckms.protocol.message.KmsRequest;
import org.mckms.protocol.security.ClientKeys;
import org.mckms.protocol.security.MessageSignature;

/**
 * What the KMS pushes to the owner of a key store: a SignedKmsResponse that nobody asked for, answered by a SignedKmsRequest.
 * A push that uses announced TrK and InK makes them the ones in use, as any answer does. Safe for use by several threads.
 */
public final class PushReception {
    private final ClientKeyStore store;
    private final String address;
    private final AnswerChecks checks;
    private final RequestTimes times;
    private final Clock clock;

    PushReception(ClientKeyStore store, String address, ReceptionPolicy policy, Clock clock) {
        this.store = store;
        this.address = address;
        this.checks = new AnswerChecks(store.owner(), policy.answerAge());
        this.times = new RequestTimes(clock);
        this.clock = clock;
    }

    /**
     * Checks a push, hands its keys over, and says what came of them. Whatever this throws: the KMS gets no acknowledgement and
     * pushes again.
     *
     * @param document as it came; left as it is
     * @param taker stores the keys before it returns; they are wiped afterwards
     * @return SignedKmsRequest under the key that the push was signed with
     * @throws KmsAnswerException if it is not a push of the own KMS to this owner and address, signed and of now, with every
     *     key in it wrapped
     */
    public byte[] receive(byte[] document, Function<CekList, CekAcknowledgement> taker) {
        byte[] copy = document.clone();
        try (HeldPairs pairs = HeldPairs.of(store);
                ReceivedResponse received = KmsExchange.decode(copy, KnownKeys.of(pairs.inOrder()))) {
            checks.checkOnline(received, address, clock.instant());
            if (!(received.response().answer() instanceof CekList ceks)) {
                throw new KmsAnswerException("the push has no CekList");
            }
            if (pairs.showsPendingInUse(received)) {
                store.change(StoreEdit::activatePendingKeys);
            }
            return acknowledgement(taker.apply(ceks), signer(received, pairs));
        } finally {
            Arrays.fill(copy, (byte) 0);
        }
    }

    private byte[] acknowledgement(CekAcknowledgement acknowledgement, ClientKeys signer) {
        StoreOwner owner = store.owner();
        KmsRequest request = new KmsRequest(
                        owner.userUri(),
                        owner.kmsUri(),
                        times.next(),
                        Optional.empty(),
                        Optional.of(owner.device()),
                        address,
                        Optional.empty())
                .with(acknowledgement);
        return KmsRequestCodec.encodeSigned(request, signer.signingKey());
    }

    private static ClientKeys signer(ReceivedResponse received, HeldPairs pairs) {
        String name = received.signature().map(MessageSignature::keyName).orElseThrow();
        return pairs.inOrder().stream()
                .filter(pair -> pair.signingKey().name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
