package org.mckms.client.cli;

import java.util.List;
import org.mckms.client.KeyManagementClient;
import org.mckms.client.KmsClient;
import org.mckms.client.ReceivedAnswer;
import org.mckms.client.store.ClientKeyStore;
import org.mckms.client.store.UserKeys;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.KmsInit;
import org.mckms.protocol.message.KmsKeyProv;
import org.mckms.protocol.message.KmsKeySet;

/** How one who takes part in the demonstration speaks with the KMS. */
sealed interface DemoLine extends AutoCloseable {
    KmsCertificate init();

    /** The key set of an identity for the current key period; the caller closes it. */
    Fetched fetch(String uri);

    /** What protects the answers, for people. */
    String protection();

    @Override
    void close();

    /** A key set and what has to be closed with it. */
    record Fetched(KmsKeySet keys, AutoCloseable owner) implements AutoCloseable {
        @Override
        public void close() {
            try {
                owner.close();
            } catch (Exception e) {
                throw new IllegalStateException("keys cannot be wiped", e);
            }
        }
    }

    /** Requests without signature, keys in clear inside TLS. */
    record Plain(KeyManagementClient client) implements DemoLine {
        @Override
        public KmsCertificate init() {
            try (ReceivedAnswer<KmsInit> answer = client.init()) {
                return answer.message().certificate();
            }
        }

        @Override
        public Fetched fetch(String uri) {
            ReceivedAnswer<KmsKeyProv> answer = client.keyProvision(uri);
            List<KmsKeySet> keySets = answer.message().keySets();
            if (keySets.size() != 1) {
                answer.close();
                throw new CommandFailedException(keySets.size() + " key sets came, expected one");
            }
            return new Fetched(keySets.get(0), answer);
        }

        @Override
        public String protection() {
            return "inside TLS";
        }

        @Override
        public void close() {
            // the client holds nothing
        }
    }

    /** Signed requests and answers, wrapped keys, kept in a key store. */
    record Device(ClientKeyStore store, KmsClient client) implements DemoLine {
        @Override
        public KmsCertificate init() {
            return client.init();
        }

        @Override
        public Fetched fetch(String uri) {
            long period = client.provision(uri).get(0).period();
            UserKeys keys = store.userKeys(held -> held.keys().userUri().equals(uri)
                            && held.keys().period().number() == period)
                    .get(0);
            return new Fetched(keys.keys(), keys);
        }

        @Override
        public String protection() {
            return "signed and wrapped";
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
