package org.mckms.client.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mckms.client.PartnerDirectory;
import org.mckms.client.cli.explain.Explanation.Fault;
import org.mckms.client.store.UserKeys;
import org.mckms.mikeysakke.DecapsulationException;
import org.mckms.mikeysakke.MikeySakkeException;
import org.mckms.mikeysakke.eccsi.EccsiVerifier;
import org.mckms.mikeysakke.eccsi.KmsPublicAuthenticationKey;
import org.mckms.mikeysakke.identity.IdentityEncoding;
import org.mckms.mikeysakke.identity.UserIdentifier;
import org.mckms.mikeysakke.mikey.Deviation;
import org.mckms.mikeysakke.mikey.KeyParameters;
import org.mckms.mikeysakke.mikey.MikeyLeniency;
import org.mckms.mikeysakke.mikey.MikeyMessage;
import org.mckms.mikeysakke.mikey.MikeyRefusedException;
import org.mckms.mikeysakke.mikey.OpenedKey;
import org.mckms.mikeysakke.sakke.Sakke;
import org.mckms.mikeysakke.sakke.SharedSecretValue;
import org.mckms.protocol.message.KmsCertificate;

/**
 * Verifies a key message and opens it, in the order of a receiver, for people who look for a fault: no window of time, no list of
 * senders. The key itself is never shown.
 */
final class MessageCheck {
    private final MessageKeys keys;
    private final IdentityEncoding encoding;
    private final Map<KmsPublicAuthenticationKey, EccsiVerifier> verifiers = new HashMap<>();

    /** @param keys not closed here */
    MessageCheck(MessageKeys keys, IdentityEncoding encoding) {
        this.keys = keys;
        this.encoding = encoding;
    }

    /**
     * What came of it.
     *
     * @param verified what holds, in the order of the checks
     * @param fault the first thing that does not
     * @param missing what could not be checked for want of a certificate or key set
     */
    record Outcome(List<String> verified, Optional<Fault> fault, Optional<String> missing) {}

    /** Collects an outcome. */
    private static final class Findings {
        private final List<String> verified = new ArrayList<>();
        private Optional<Fault> fault = Optional.empty();
        private Optional<String> missing = Optional.empty();

        private void fault(String where, String clause, String what) {
            fault = Optional.of(new Fault(where, clause, what));
        }

        private boolean isComplete() {
            return fault.isEmpty() && missing.isEmpty();
        }
    }

    /** @param message read strictly */
    Outcome check(MikeyMessage message) {
        Findings findings = new Findings();
        try {
            verify(message, findings);
            if (findings.isComplete()) {
                open(message, findings);
            }
        } catch (MikeySakkeException e) {
            findings.fault("", "", e.getMessage());
        }
        return new Outcome(findings.verified, findings.fault, findings.missing);
    }

    private void verify(MikeyMessage message, Findings findings) {
        List<KmsCertificate> certificates = keys.certificates().stream()
                .filter(certificate -> certificate.kmsUri().equals(message.initiatorKmsUri()))
                .toList();
        if (certificates.isEmpty()) {
            findings.missing = Optional.of("no certificate of the KMS " + message.initiatorKmsUri() + " is held");
            return;
        }
        String signer = message.initiator().uri().orElse("the hidden initiator");
        if (certificates.stream().anyMatch(certificate -> verifies(message, certificate))) {
            findings.verified.add("signature of " + signer + " of the KMS " + message.initiatorKmsUri());
            return;
        }
        MikeyMessage lenient = MikeyMessage.parse(
                message.octets().toByteArray(), MikeyLeniency.accepting(Deviation.SIGNATURE_WITHOUT_HEADER));
        boolean withoutHeader = certificates.stream().anyMatch(certificate -> verifies(lenient, certificate));
        findings.fault(
                "SIGN",
                "E.1.2",
                withoutHeader
                        ? "the signature does not cover the header of SIGN; a receiver can be told to accept "
                                + Deviation.SIGNATURE_WITHOUT_HEADER
                        : "the signature is not that of " + signer + " for the key period of " + time(message));
    }

    private boolean verifies(MikeyMessage message, KmsCertificate certificate) {
        UserIdentifier signer = message.initiator()
                .uid()
                .orElseGet(() ->
                        PartnerDirectory.uidOf(message.initiator().uri().orElseThrow(), certificate, time(message)));
        EccsiVerifier verifier = verifiers.computeIfAbsent(certificate.pubAuthKey(), EccsiVerifier::new);
        return message.verifies(verifier, encoding.identityOctets(signer));
    }

    private void open(MikeyMessage message, Findings findings) {
        List<UserKeys> own = keys.keySets().stream()
                .filter(held -> held.root().kmsUri().equals(message.responderKmsUri()))
                .filter(held -> held.keys().userId().equals(receiver(message, held)))
                .toList();
        if (own.isEmpty()) {
            findings.missing = Optional.of("no key set of "
                    + message.responder().uri().orElse("the hidden responder") + " for the key period of "
                    + time(message) + " is held");
            return;
        }
        for (UserKeys held : own) {
            try (SharedSecretValue ssv = Sakke.decapsulate(
                            message.sakke(),
                            held.keys().rsk(),
                            encoding.identityOctets(held.keys().userId()),
                            held.root().pubEncKey());
                    OpenedKey opened = message.open(ssv, held.keys().userUri())) {
                describe(opened, held, findings);
                return;
            } catch (DecapsulationException e) {
                findings.fault("SAKKE", "RFC 6508 6.2.2", "the key set of the responder does not open the key");
            } catch (MikeyRefusedException e) {
                findings.fault("", clauseOf(e), e.getMessage());
            }
        }
    }

    private static UserIdentifier receiver(MikeyMessage message, UserKeys held) {
        return message.responder()
                .uid()
                .orElseGet(() ->
                        PartnerDirectory.uidOf(message.responder().uri().orElseThrow(), held.root(), time(message)));
    }

    private static void describe(OpenedKey opened, UserKeys held, Findings findings) {
        findings.fault = Optional.empty();
        findings.verified.add("opened by the key set of " + held.keys().userUri() + " for key period "
                + held.keys().period().number());
        findings.verified.add(opened.purpose() + " " + opened.keyId()
                + (opened.purpose().isDiversified() ? " out of the GUK-ID " + opened.csbId() : ""));
        opened.parameters().map(MessageCheck::sentence).ifPresent(findings.verified::add);
    }

    private static String sentence(KeyParameters parameters) {
        List<String> parts = new ArrayList<>();
        parts.add(parameters.revoked() ? "REVOKED" : "in service");
        parts.add("from " + parameters.activation().map(Instant::toString).orElse("the time of the message") + " on");
        parts.add(parameters.expiry().map(time -> "until " + time).orElse("without end"));
        if (parameters.sharedWithGateway()) {
            parts.add("shared with a security gateway");
        }
        if (!parameters.text().isEmpty()) {
            parts.add("text \"" + parameters.text() + "\"");
        }
        if (!parameters.groupIds().isEmpty()) {
            parts.add("for " + String.join(", ", parameters.groupIds()));
        }
        return "key parameters: " + String.join(", ", parts);
    }

    private static String clauseOf(MikeyRefusedException refused) {
        return switch (refused.reason()) {
            case UNKNOWN_PURPOSE -> "TS 33.180 clause 5.2.2";
            case WRONG_SPI -> "E.1.3";
            case PARAMETERS_NOT_OPENED -> "TS 33.180 clause 5.2.4";
            case MALFORMED_PARAMETERS -> "E.6.1";
            case WRONG_KEY_TYPE -> "E.6.11";
        };
    }

    private static Instant time(MikeyMessage message) {
        return message.timestamp().toInstant();
    }
}
