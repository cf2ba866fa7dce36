package org.mckms.client;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.mckms.client.store.ClientKeyStore;
import org.mckms.client.store.ClientStoreException;
import org.mckms.client.store.StoreOwner;
import org.mckms.protocol.cek.CekList;
import org.mckms.protocol.cek.RequestExtension;
import org.mckms.protocol.codec.KmsRequestCodec;
import org.mckms.protocol.element.KmsAnswer;
import org.mckms.protocol.message.ClientError;
import org.mckms.protocol.message.KmsInit;
import org.mckms.protocol.message.KmsKeyProv;
import org.mckms.protocol.message.KmsRedirectResponse;
import org.mckms.protocol.message.KmsRequest;
import org.mckms.protocol.security.ClientKeys;

/**
 * Requests in the name of the owner of a key store: signed, answered under the same keys, and with the change of TrK and
 * InK that an answer may bring (TS 33.180 annex D.1, D.2.2).
 *
 * <p>New keys are on the disk before anything is done with them, and the old ones stay until an answer signed under the
 * new ones proves that the KMS has them in use; so whatever answer is lost and whenever the process dies, one of both
 * pairs is one that the KMS takes. The new ones stay too, until the KMS announces others: a refusal of them is not signed
 * under a key that both know, and an answer under the old ones may be one that somebody recorded. Where only the TrK is new, requests
 * name it (TrK-ID), and an answer with keys wrapped under it is the proof.
 */
final class ProtectedExchange {
    private final ClientKeyStore store;
    private final List<KmsExchange> addresses;
    private final TokenSource tokens;
    private final ReceptionPolicy policy;
    private final Clock clock;
    private final RequestTimes times;
    private final AnswerChecks checks;
    private final ReentrantLock speaking = new ReentrantLock();

    /** @param addresses of the KMS, in the order in which they are tried */
    ProtectedExchange(
            ClientKeyStore store,
            List<KmsExchange> addresses,
            TokenSource tokens,
            ReceptionPolicy policy,
            Clock clock) {
        this.store = store;
        this.addresses = List.copyOf(addresses);
        this.tokens = tokens;
        this.policy = policy;
        this.clock = clock;
        this.times = new RequestTimes(clock);
        this.checks = new AnswerChecks(store.owner(), policy.answerAge());
    }

    /**
     * What is asked for.
     *
     * @param path of the resource, see {@link ResourceTree}
     * @param reported an earlier failure that the request tells the KMS
     */
    private record Question<M extends KmsAnswer>(
            String path,
            Class<M> wanted,
            List<KmsRedirectResponse> redirects,
            Optional<RequestExtension> extension,
            Optional<ClientError> reported) {}

    /**
     * One conversation at a time: each may change the keys that the next one is signed with. What is wrong with an answer is
     * told the KMS in the next request.
     */
    <T> T speak(Supplier<T> conversation) {
        speaking.lock();
        try {
            return conversation.get();
        } catch (KmsAnswerException e) {
            toBeReported(e);
            throw e;
        } finally {
            speaking.unlock();
        }
    }

    /** One request for a resource of annex D; the caller closes the answer. Within {@link #speak}. */
    <M extends KmsAnswer> ReceivedAnswer<M> ask(String resource, Class<M> wanted) {
        return ask(resource, wanted, List.of());
    }

    /** The same with redirect responses for the KMS. */
    <M extends KmsAnswer> ReceivedAnswer<M> ask(String resource, Class<M> wanted, List<KmsRedirectResponse> redirects) {
        return ask(new Question<>(
                ResourceTree.IDENTITY.path(resource),
                wanted,
                List.copyOf(redirects),
                Optional.empty(),
                store.clientError()));
    }

    /** One request for a resource of content encryption keys; the caller closes the answer. Within {@link #speak}. */
    ReceivedAnswer<CekList> askForCeks(String resource, Optional<RequestExtension> extension) {
        return ask(new Question<>(
                ResourceTree.CEK.path(resource), CekList.class, List.of(), extension, store.clientError()));
    }

    /** Listens to events as {@link EventStream#listen}, at the first address that answers. Keeps no conversation waiting. */
    Optional<String> listen(String path, BiConsumer<String, String> listener) {
        return anywhere(address -> TokenRetry.ask(tokens, token -> address.listen(path, token, listener)));
    }

    private <M extends KmsAnswer> ReceivedAnswer<M> ask(Question<M> question) {
        try (HeldPairs pairs = HeldPairs.of(store)) {
            if (pairs.inOrder().isEmpty() && !policy.plainAllowed()) {
                throw new KmsClientException("the key store has no TrK: import a registration file of "
                        + store.owner().userUri() + " first");
            }
            return askAsAnyPair(question, pairs);
        }
    }

    /** Notes what the next request tells the KMS. */
    private void toBeReported(KmsAnswerException e) {
        try {
            store.change(edit -> edit.clientError(Optional.of(ClientErrors.of(e))));
        } catch (ClientStoreException notKept) {
            e.addSuppressed(notKept);
        }
    }

    private <M extends KmsAnswer> ReceivedAnswer<M> askAsAnyPair(Question<M> question, HeldPairs pairs) {
        List<Optional<ClientKeys>> signers = pairs.signers();
        for (Optional<ClientKeys> signer : signers.subList(0, signers.size() - 1)) {
            try {
                return askAnywhere(question, signer, pairs);
            } catch (KmsRefusedException e) {
                if (!e.needsRegistration() && !mayBeForTheName(e, signer, pairs)) {
                    throw e;
                }
            }
        }
        return askAnywhere(question, signers.get(signers.size() - 1), pairs);
    }

    /** The schema has no place for the name of a TrK: a KMS that insists on it finds such a request malformed. */
    private static boolean mayBeForTheName(KmsRefusedException e, Optional<ClientKeys> signer, HeldPairs pairs) {
        return e.httpStatus() == 400
                && signer.flatMap(pairs::transportKeyToName).isPresent();
    }

    private <M extends KmsAnswer> ReceivedAnswer<M> askAnywhere(
            Question<M> question, Optional<ClientKeys> signer, HeldPairs pairs) {
        return anywhere(address -> TokenRetry.ask(tokens, token -> askOnce(address, token, question, signer, pairs)));
    }

    private <T> T anywhere(Function<KmsExchange, T> asking) {
        KmsClientException last = new ClientSetupException("no address of the KMS is known");
        for (KmsExchange address : addresses) {
            try {
                return asking.apply(address);
            } catch (KmsUnreachableException e) {
                last = e;
            } catch (KmsRefusedException e) {
                if (!e.mayPass()) {
                    throw e;
                }
                last = e;
            }
        }
        throw last;
    }

    private <M extends KmsAnswer> ReceivedAnswer<M> askOnce(
            KmsExchange address, String token, Question<M> question, Optional<ClientKeys> signer, HeldPairs pairs) {
        String url = address.url(question.path());
        byte[] body = body(question, url, signer, pairs);
        ReceivedAnswer<M> answer =
                address.post(question.path(), token, body, KnownKeys.of(pairs.inOrder()), question.wanted());
        try {
            if (signer.isPresent()) {
                checks.checkOnline(answer.received(), url, clock.instant());
            }
            keep(answer, question.reported(), pairs);
            return answer;
        } catch (RuntimeException e) {
            answer.close();
            throw e;
        }
    }

    private byte[] body(Question<?> question, String url, Optional<ClientKeys> signer, HeldPairs pairs) {
        StoreOwner owner = store.owner();
        KmsRequest request = new KmsRequest(
                owner.userUri(),
                owner.kmsUri(),
                times.next(),
                Optional.empty(),
                Optional.of(owner.device()),
                url,
                question.redirects(),
                question.reported(),
                signer.flatMap(pairs::transportKeyToName),
                Optional.empty(),
                question.extension());
        return signer.map(pair -> KmsRequestCodec.encodeSigned(request, pair.signingKey()))
                .orElseGet(() -> KmsRequestCodec.encode(request));
    }

    /** What the answer proves about the pairs, and the new pair that it may bring, in one change of the store. */
    private void keep(ReceivedAnswer<?> answer, Optional<ClientError> reported, HeldPairs pairs) {
        store.change(edit -> {
            if (pairs.showsPendingInUse(answer.received())) {
                edit.activatePendingKeys();
            }
            newKeys(answer).ifPresent(edit::pendingKeys);
            if (store.clientError().equals(reported)) {
                edit.clientError(Optional.empty());
            }
        });
    }

    private static Optional<ClientKeys> newKeys(ReceivedAnswer<?> answer) {
        if (answer.message() instanceof KmsInit init) {
            return init.newKeys();
        }
        return answer.message() instanceof KmsKeyProv keys ? keys.newKeys() : Optional.empty();
    }
}
