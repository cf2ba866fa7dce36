package org.mckms.client.cli;

import java.net.URI;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.mckms.client.KmsClient;
import org.mckms.client.TlsMaterial;
import org.mckms.client.cek.CekDetails;
import org.mckms.client.cek.CekKeys;
import org.mckms.client.cek.CekScope;
import org.mckms.client.cek.McServerKeys;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.smime.SipBody;

/**
 * The part of an MC server that has to do with content encryption keys: takes the pushes of the KMS, fetches what it missed,
 * and opens bodies of its users. What changes is told, by Key IDs. Safe for use by several threads.
 */
final class McServerStandIn implements AutoCloseable {
    private final McServerKeys keys;
    private final CekKeys store;
    private final Consumer<String> log;
    private final URI address;
    private final Map<Octets, CekDetails> told = new HashMap<>();
    private Optional<McServerListener> listener = Optional.empty();

    /**
     * Does not listen yet.
     *
     * @param kms client of the server
     * @param store of the server; closed with this object
     * @param address that the KMS pushes to
     * @param log is told what happens, one line each
     */
    McServerStandIn(KmsClient kms, CekKeys store, URI address, SecureRandom random, Consumer<String> log) {
        this.keys = new McServerKeys(kms, store, address.toString(), random);
        this.store = store;
        this.address = address;
        this.log = log;
        store.keys().forEach(key -> told.put(key.keyId(), key));
    }

    /** Takes pushes from now on. @param tls the certificate of the server, and who may push */
    synchronized void listen(TlsMaterial tls) {
        listener = Optional.of(new McServerListener(
                address,
                tls,
                document -> watched("pushed", () -> keys.receive(document)),
                why -> log.accept("refused a push: " + why)));
    }

    /** Takes no pushes any more; the KMS keeps them. */
    synchronized void stopListening() {
        listener.ifPresent(McServerListener::close);
        listener = Optional.empty();
    }

    /** Fetches what the KMS could not push. */
    void pull() {
        watched("fetched", () -> {
            keys.pull();
            return null;
        });
    }

    /** Has the KMS renew a key. */
    List<CekDetails> renew(CekScope scope) {
        return watched("renewed", () -> keys.renew(scope));
    }

    /** Ends the keys of a session. */
    void endSession(String session) {
        watched("ended here", () -> {
            keys.endSession(session);
            return null;
        });
    }

    SipBody open(SipBody sealed, CekScope from) {
        return keys.open(sealed, from);
    }

    SipBody seal(SipBody body, CekScope to) {
        return keys.seal(body, to);
    }

    List<CekDetails> held() {
        return store.keys();
    }

    /** Whether a key of this Key ID is held. */
    boolean holds(Octets keyId) {
        return held().stream().anyMatch(key -> key.keyId().equals(keyId));
    }

    @Override
    public void close() {
        stopListening();
        store.close();
    }

    /** Does something with the keys and tells which have changed, each change once. */
    private <T> T watched(String how, Supplier<T> act) {
        T result = act.get();
        tellChanges(how);
        return result;
    }

    private synchronized void tellChanges(String how) {
        Map<Octets, CekDetails> before = Map.copyOf(told);
        told.clear();
        held().forEach(key -> told.put(key.keyId(), key));
        told.values().stream()
                .filter(key -> !key.equals(before.get(key.keyId())))
                .forEach(key -> log.accept(how + ": " + CekText.line(key)));
        before.keySet().stream()
                .filter(keyId -> !told.containsKey(keyId))
                .forEach(keyId -> log.accept(how + ": " + keyId.toHex() + " is wiped"));
    }
}
