package org.mckms.client.cli;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.mckms.client.DeliveriesAdmin;
import org.mckms.client.KmsRefusedException;
import org.mckms.client.TlsMaterial;
import org.mckms.client.cek.CekDetails;
import org.mckms.client.cek.CekScope;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.cek.CekStatus;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.smime.CekEnvelope;
import org.mckms.protocol.smime.SipBody;

/**
 * Content encryption keys in one go: two users of one SIP session share a key each with their MC server, to which the KMS
 * pushes them; bodies of messages go both ways; a key is renewed; the server is away for a while; the session ends.
 */
final class CekDemo {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int PAGE = 500;
    private static final String TEXT = "text/plain;charset=UTF-8";

    private final DemoSteps steps;
    private final McServerStandIn server;
    private final TlsMaterial listenerTls;
    private final String serverUri;
    private final String session;

    /**
     * @param server does not listen yet
     * @param listenerTls with what it listens
     * @param session a SIP session that nobody has used
     */
    CekDemo(DemoSteps steps, McServerStandIn server, TlsMaterial listenerTls, String serverUri, String session) {
        this.steps = steps;
        this.server = server;
        this.listenerTls = listenerTls;
        this.serverUri = serverUri;
        this.session = session;
    }

    /** The server takes pushes from here on. */
    void open() {
        steps.run("mcptt-server", "listen, and fetch what was missed", () -> {
            server.listen(listenerTls);
            server.pull();
            return new DemoSteps.Outcome<>(true, server.held().size() + " CEKs are held");
        });
    }

    /** What waits for the server since it was away is in front of what comes now. */
    void retry(DeliveriesAdmin deliveries) {
        steps.run("operator", "retry what waits for the server", () -> {
            List<String> waiting = toServer(deliveries);
            waiting.forEach(id -> retry(deliveries, id));
            Patience.until(
                    LIMIT,
                    () -> toServer(deliveries).isEmpty() ? Optional.of(true) : Optional.empty(),
                    () -> "deliveries to the server go on waiting");
            return new DemoSteps.Outcome<>(true, waiting.size() + " deliveries are done");
        });
    }

    /** One that has gone meanwhile needs no retry. */
    private static void retry(DeliveriesAdmin deliveries, String id) {
        try {
            deliveries.retry(id, "the MC server is back");
        } catch (KmsRefusedException e) {
            boolean gone = e.httpStatus() == KmsErrorCode.NOT_FOUND.httpStatus()
                    || e.httpStatus() == KmsErrorCode.CONFLICT.httpStatus();
            DemoSteps.require(gone, e.getMessage());
        }
    }

    private List<String> toServer(DeliveriesAdmin deliveries) {
        return JsonText.items(deliveries.list(Optional.empty(), 0, PAGE)).stream()
                .filter(delivery -> delivery.getString("destination").equals(serverUri))
                .map(delivery -> delivery.getString("id"))
                .toList();
    }

    /** @param users two, whose devices are registered */
    void run(CekDemoUser alice, CekDemoUser bob) {
        CekDetails first = steps.run(alice.name(), "CEK for session " + session, () -> shared(alice, Optional.empty()));
        steps.run(bob.name(), "CEK for the same session", () -> {
            CekDetails other = shared(bob, Optional.empty()).value();
            DemoSteps.require(!other.keyId().equals(first.keyId()), "both users have one key");
            return new DemoSteps.Outcome<>(true, "another one, " + CekText.line(other));
        });
        SipBody message = steps.run(alice.name(), "seal the body of a MESSAGE", () -> sealed(alice, "mayday", first));
        steps.run("mcptt-server", "open it with the pushed CEK", () -> opened(alice, message, "mayday"));
        steps.run(
                "mcptt-server",
                "open it as if from " + bob.name(),
                () -> refused(bob, message, KmsErrorCode.FORBIDDEN_IDENTITY));
        steps.run(
                "mcptt-server",
                "open it altered",
                () -> refused(alice, altered(message), KmsErrorCode.WRONG_RECIPIENT));
        SipBody answer = steps.run("mcptt-server", "seal an answer", () -> {
            SipBody body = server.seal(text("help is on the way"), ofUser(alice));
            return new DemoSteps.Outcome<>(body, body.octets().size() + " octets");
        });
        steps.run(alice.name(), "open the answer", () -> {
            requireText(alice.open(answer, ofServer()), "help is on the way");
            return new DemoSteps.Outcome<>(true, "the same text");
        });
        CekDetails last = renew(alice, message, first);
        outage(bob);
        end(alice, last.keyId(), message, answer);
        logOff(alice);
        logOff(bob);
    }

    /** Renews in the middle: what was sealed before opens, what is sealed now names the new key. */
    private CekDetails renew(CekDemoUser alice, SipBody before, CekDetails old) {
        CekDetails fresh = steps.run(alice.name(), "renew the CEK", () -> {
            alice.client().renew(ofServer());
            return shared(alice, Optional.of(old));
        });
        SipBody after = steps.run(alice.name(), "seal with the new CEK", () -> sealed(alice, "still here", fresh));
        steps.run("mcptt-server", "open the new body", () -> opened(alice, after, "still here"));
        steps.run("mcptt-server", "open the body from before", () -> opened(alice, before, "mayday"));
        return fresh;
    }

    /** While the server cannot be reached, a new CEK is pending; nothing can be sealed with it. */
    private void outage(CekDemoUser bob) {
        CekScope other = CekScope.of(serverUri, session + "-2");
        steps.run(bob.name(), "CEK while the server is away", () -> {
            server.stopListening();
            DemoSteps.require(bob.active(other).isEmpty(), "a CEK is active that the server does not have");
            Octets pending = held(bob, other).keyId();
            DemoSteps.require(!server.holds(pending), "the server has the CEK, although it was away");
            return new DemoSteps.Outcome<>(true, pending.toHex() + " is pending");
        });
        open();
        steps.run(bob.name(), "the same CEK", () -> {
            CekDetails active = Patience.until(
                    LIMIT, () -> bob.active(other), () -> "the CEK of " + bob.name() + " does not become active");
            DemoSteps.require(active.keyId().equals(held(bob, other).keyId()), "it is another CEK");
            DemoSteps.require(server.holds(active.keyId()), "the server does not have the CEK");
            return new DemoSteps.Outcome<>(true, CekText.line(active));
        });
    }

    /** The session is torn down: no body of it opens any more, at either end. */
    private void end(CekDemoUser alice, Octets keyId, SipBody message, SipBody answer) {
        try (CekNotices notices = new CekNotices(alice.client())) {
            steps.run(alice.name(), "listen to notices", () -> told(notices, keyId, CekStatus.ACTIVE));
            steps.run("mcptt-server", "end the session", () -> {
                server.endSession(session);
                DemoSteps.require(
                        server.held().stream().noneMatch(key -> isOfSession(key)), "keys of the session are held");
                return new DemoSteps.Outcome<>(true, "its keys are wiped at the server");
            });
            steps.run(alice.name(), "hear of the end", () -> told(notices, keyId, CekStatus.REVOKED));
        }
        steps.run("mcptt-server", "open the body again", () -> refused(alice, message, KmsErrorCode.NOT_FOUND));
        steps.run(alice.name(), "open the answer again", () -> {
            alice.client().endSession(session);
            try {
                alice.open(answer, ofServer());
            } catch (KmsException e) {
                return refusal(e, KmsErrorCode.NOT_FOUND);
            }
            throw new CommandFailedException("a body of an ended session was opened");
        });
    }

    private void logOff(CekDemoUser user) {
        steps.run(user.name(), "log off", () -> {
            user.client().logOff();
            DemoSteps.require(user.held().isEmpty(), "keys are left on the device");
            return Patience.until(
                    LIMIT,
                    () -> loggedOff(user),
                    () -> "the server is not told that " + user.name() + " has logged off");
        });
    }

    private static DemoSteps.Outcome<Boolean> told(CekNotices notices, Octets keyId, CekStatus status) {
        Patience.until(
                LIMIT,
                () -> notices.of(keyId).filter(said -> said == status),
                () -> "no notice says that " + keyId.toHex() + " is " + status.wireName());
        return new DemoSteps.Outcome<>(true, keyId.toHex() + " is " + status.wireName());
    }

    private Optional<DemoSteps.Outcome<Boolean>> loggedOff(CekDemoUser user) {
        boolean left = server.held().stream().anyMatch(key -> key.otherEnd().equals(user.uri()));
        return left
                ? Optional.empty()
                : Optional.of(new DemoSteps.Outcome<>(true, "no CEK of this user is left at either end"));
    }

    private boolean isOfSession(CekDetails key) {
        return key.session().equals(Optional.of(session));
    }

    /** The active key of a user for the session, which the server holds too. @param old the one that it must not be */
    private DemoSteps.Outcome<CekDetails> shared(CekDemoUser user, Optional<CekDetails> old) {
        CekDetails key = Patience.until(
                LIMIT,
                () -> user.active(ofServer())
                        .filter(found -> old.filter(before -> before.keyId().equals(found.keyId()))
                                .isEmpty()),
                () -> "no CEK of " + user.name() + " becomes active");
        DemoSteps.require(
                server.holds(key.keyId()),
                "the server does not have " + key.keyId().toHex());
        return new DemoSteps.Outcome<>(key, CekText.line(key) + "; the server has it");
    }

    private static CekDetails held(CekDemoUser user, CekScope scope) {
        return user.held().stream()
                .filter(key -> key.session().equals(scope.session()))
                .findFirst()
                .orElseThrow(() -> new CommandFailedException(user.name() + " got no CEK"));
    }

    private DemoSteps.Outcome<SipBody> sealed(CekDemoUser user, String text, CekDetails with) {
        SipBody sealed = user.seal(text(text), ofServer());
        Octets keyId = CekEnvelope.keyIdOf(sealed.octets().toByteArray());
        DemoSteps.require(keyId.equals(with.keyId()), "it is sealed under " + keyId.toHex());
        return new DemoSteps.Outcome<>(sealed, sealed.octets().size() + " octets under " + keyId.toHex());
    }

    private DemoSteps.Outcome<Boolean> opened(CekDemoUser from, SipBody sealed, String text) {
        requireText(server.open(sealed, ofUser(from)), text);
        return new DemoSteps.Outcome<>(true, "the same text");
    }

    private static void requireText(SipBody body, String text) {
        DemoSteps.require(body.equals(text(text)), "another body came out");
    }

    private DemoSteps.Outcome<Boolean> refused(CekDemoUser from, SipBody sealed, KmsErrorCode why) {
        try {
            server.open(sealed, ofUser(from));
        } catch (KmsException e) {
            return refusal(e, why);
        }
        throw new CommandFailedException("the server opened it");
    }

    private static DemoSteps.Outcome<Boolean> refusal(KmsException refusal, KmsErrorCode why) {
        DemoSteps.require(refusal.code() == why, "expected " + why + ", but " + refusal.getMessage());
        return new DemoSteps.Outcome<>(true, "refused, as it must be: " + refusal.getMessage());
    }

    private static SipBody altered(SipBody sealed) {
        byte[] octets = sealed.octets().toByteArray();
        octets[octets.length - 1] ^= 1;
        return new SipBody(sealed.contentType(), Octets.copyOf(octets));
    }

    private CekScope ofServer() {
        return CekScope.of(serverUri, session);
    }

    private CekScope ofUser(CekDemoUser user) {
        return CekScope.of(user.uri(), session);
    }

    private static SipBody text(String text) {
        return new SipBody(TEXT, Octets.copyOf(text.getBytes(StandardCharsets.UTF_8)));
    }
}
