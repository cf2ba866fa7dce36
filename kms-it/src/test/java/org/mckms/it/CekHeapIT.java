package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.PathSegment;
import org.mckms.client.cek.CekDetails;
import org.mckms.client.cek.CekScope;
import org.mckms.it.support.Await;
import org.mckms.it.support.CekDevice;
import org.mckms.it.support.HeapOfServer;
import org.mckms.it.support.HeapSearch;
import org.mckms.it.support.HeapSearch.Form;
import org.mckms.it.support.Kms;
import org.mckms.it.support.KmsHome;
import org.mckms.it.support.KmsServer;
import org.mckms.it.support.McServer;
import org.mckms.it.support.ProbeApplication;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.cek.CekOrder;
import org.mckms.protocol.cek.CekStatus;
import org.mckms.protocol.smime.SipBody;

/**
 * What the memory of the real server holds of content encryption keys 30 s after the last use: nothing, in a dump of its live
 * objects after a forced collection. Keys that were planted are found by the same search.
 */
class CekHeapIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration AFTER_LAST_USE = Duration.ofSeconds(30);
    private static final int SESSIONS = 6;
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    private Path folder;

    @Test
    void thirtySecondsAfterTheLastUseTheHeapHoldsNoCek() throws IOException {
        KmsHome home = KmsHome.makeWithMcServer("cek-heap");
        try (Kms kms = Kms.start(
                        home,
                        Map.of("origin", "derived"),
                        new KmsServer.Variant(ProbeApplication.in(home.dir()), Map.of(), Map.of()));
                McServer server = McServer.enrolled(kms)) {
            HeapSearch search = new HeapSearch();
            Map<String, byte[]> ceks = useKeys(kms, server);
            Instant lastUse = Instant.now();
            ceks.forEach(search::lookFor);
            Set<String> planted = plant(kms, search);
            Await.that("30 s have passed", AFTER_LAST_USE.plusSeconds(10), () -> Instant.now()
                    .isAfter(lastUse.plus(AFTER_LAST_USE)));

            assertThat(searched(kms, search)).isEqualTo(planted);
        }
    }

    /** All that is done with keys: made with key sets and for sessions, pushed, pulled, given again, renewed, ended. */
    private Map<String, byte[]> useKeys(Kms kms, McServer server) {
        Map<String, byte[]> ceks = new TreeMap<>();
        try (CekDevice alice = CekDevice.registered(kms, "sip:alice@example.org");
                CekDevice bob = CekDevice.registered(kms, "sip:bob@example.org")) {
            for (CekDevice user : List.of(alice, bob)) {
                user.client().provision();
                note(ceks, user, CekScope.of(server.uri()));
                for (int i = 0; i < SESSIONS; i++) {
                    CekScope session = CekScope.of(server.uri(), "session-" + i);
                    Await.that(
                            "the key is active",
                            LIMIT,
                            () -> isActive(user.ceks().current(session)));
                    user.ceks().renew(session);
                    note(ceks, user, session);
                }
                talk(user, server);
                user.ceks().endSession("session-0");
            }
            server.keys().pullAll();
            server.keys().endSession("session-1");
            bob.ceks().logOff();
            note(ceks, alice, CekScope.of(server.uri(), "session-2"));
        }
        assertThat(ceks).as("two keys of each session").hasSizeGreaterThanOrEqualTo(4 * SESSIONS);
        return ceks;
    }

    private static boolean isActive(List<CekDetails> keys) {
        return keys.stream().anyMatch(key -> key.status() == CekStatus.ACTIVE);
    }

    private static void talk(CekDevice user, McServer server) {
        SipBody body = new SipBody("text/plain", Octets.ofAscii("hello"));
        SipBody sealed = user.bodies().seal(body, CekScope.of(server.uri(), "session-2"));
        assertThat(server.keys().open(sealed, CekScope.of(user.uri(), "session-2")))
                .isEqualTo(body);
    }

    /** Asks for the keys of a scope once more, and keeps their octets. */
    private static void note(Map<String, byte[]> ceks, CekDevice user, CekScope scope) {
        user.client()
                .contentKeys()
                .ask(
                        "/" + PathSegment.encode(user.uri()),
                        Optional.of(new CekOrder(scope.session(), Optional.of(scope.otherEnd()))),
                        list -> {
                            list.ceks().forEach(cek -> cek.key()
                                    .ifPresent(
                                            key -> ceks.put("CEK " + cek.keyId().toHex(), key.use(byte[]::clone))));
                            return null;
                        });
    }

    /** Plants a key in each form. Gives what is to be found. */
    private static Set<String> plant(Kms kms, HeapSearch search) {
        Set<String> planted = new TreeSet<>();
        for (Form form : Form.values()) {
            byte[] key = new byte[32];
            RANDOM.nextBytes(key);
            String name = "planted key " + form.ordinal();
            search.lookFor(name, key);
            planted.add(HeapSearch.found(name, form));
            HeapOfServer.plant(kms, form, key);
        }
        return planted;
    }

    private Set<String> searched(Kms kms, HeapSearch search) throws IOException {
        Path dump = folder.resolve("server.hprof");
        try {
            HeapOfServer.dump(kms, dump);
            return search.in(dump);
        } finally {
            Files.deleteIfExists(dump);
        }
    }
}
