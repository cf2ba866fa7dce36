package org.mckms.client.cli;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.mckms.client.cli.explain.Explainer;
import org.mckms.client.cli.explain.Explanation;
import org.mckms.client.cli.explain.Explanation.Fault;
import org.mckms.mikeysakke.MikeySakkeException;
import org.mckms.protocol.bundle.ProvisioningBundle;
import org.mckms.protocol.bundle.ProvisioningBundles;
import org.mckms.protocol.codec.KmsRequestCodec;
import org.mckms.protocol.codec.KmsResponseCodec;
import org.mckms.protocol.codec.ReceivedResponse;
import org.mckms.protocol.codec.RequestLeniency;
import org.mckms.protocol.codec.WireRelease;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsResponse;
import org.mckms.protocol.partner.PartnerCertificate;
import org.mckms.protocol.partner.PartnerCertificateDocument;
import org.mckms.protocol.security.MessageSignature;
import org.mckms.protocol.security.NamedKey;

/** Reads a document for `kmsctl decode`: explains it, and verifies and opens what the options give keys for. */
final class DocumentReader {
    private static final String REQUEST_CLAUSE = "D.2.2";
    private static final String CERTIFICATE_CLAUSE = "D.3.2";
    private static final String RESPONSE_CLAUSE = "D.3.1";
    private static final String KEYS_CLAUSE = "D.3.5.2";

    private final Console console;
    private final Explainer explainer;
    private final DocumentKeys keys;
    private final Optional<TokenSignature> tokenSignature;
    private final MessageReading messages;

    DocumentReader(
            Console console,
            Explainer explainer,
            DocumentKeys keys,
            Optional<TokenSignature> tokenSignature,
            MessageReading messages) {
        this.console = console;
        this.explainer = explainer;
        this.keys = keys;
        this.tokenSignature = tokenSignature;
        this.messages = messages;
    }

    /** @param file - for standard input */
    DecodedDocument read(String file) {
        byte[] octets = Documents.octets(file, console);
        try {
            DecodedDocument document = DecodedDocument.of(file, explainer.explain(octets));
            if (document.explanation().firstFault().isPresent()) {
                return document;
            }
            return switch (document.explanation().kind()) {
                case SIGNED_KMS_REQUEST -> request(document, octets);
                case KMS_RESPONSE, SIGNED_KMS_RESPONSE -> answers(document, List.of(octets));
                case PROVISIONING_BUNDLE -> bundle(document, octets);
                case KMS_CERTIFICATE, SIGNED_KMS_CERTIFICATE -> certificate(document, octets);
                case ACCESS_TOKEN -> token(document, octets);
                case I_MESSAGE, GKTPS -> messages.read(document, octets);
                default -> document;
            };
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    private DecodedDocument request(DecodedDocument document, byte[] octets) {
        if (!keys.areGiven()) {
            return unverified(document, "the signature was not verified; --key-store or --ink verifies it");
        }
        try {
            MessageSignature signature = KmsRequestCodec.read(octets, RequestLeniency.REL13)
                    .signature()
                    .orElseThrow();
            Optional<NamedKey> key = keys.signingKey(signature.keyName());
            if (key.filter(signature::verifies).isPresent()) {
                return document.verified(List.of(signed(signature)), List.of());
            }
            String why = key.isPresent() ? "the signature does not hold" : "there is no key " + signature.keyName();
            return wrong(document, "SignedKmsRequest/Signature", REQUEST_CLAUSE, why);
        } catch (KmsException | MikeySakkeException e) {
            return wrong(document, "SignedKmsRequest", REQUEST_CLAUSE, e.getMessage());
        }
    }

    private DecodedDocument bundle(DecodedDocument document, byte[] octets) {
        ProvisioningBundle bundle = ProvisioningBundles.open(octets, Optional.empty());
        return answers(
                document,
                List.of(
                        bundle.initResponse().toByteArray(),
                        bundle.keyProvResponse().toByteArray()));
    }

    /** The answers of one document; the second of a bundle may hold what the first does not. */
    private DecodedDocument answers(DecodedDocument document, List<byte[]> answers) {
        Explanation explanation = document.explanation();
        boolean signed = explanation.holdsSignedAnswer();
        if (!keys.areGiven() && (signed || explanation.holds("EncryptedKey"))) {
            return signed
                    ? unverified(
                            document, "no signature of the KMS was verified; --key-store or --ink and --trk verify it")
                    : document;
        }
        List<String> verified = new ArrayList<>();
        List<KmsResponse> responses = new ArrayList<>();
        try {
            for (byte[] answer : answers) {
                ReceivedResponse received = KmsResponseCodec.read(answer, keys, WireRelease.REL13);
                responses.add(received.response());
                received.signature().map(DocumentReader::signed).ifPresent(verified::add);
                if (received.keysWereWrapped()) {
                    verified.add("keys unwrapped");
                }
            }
            return document.verified(verified, responses);
        } catch (KmsException | MikeySakkeException e) {
            responses.forEach(KmsResponse::close);
            return wrong(document, "", clauseOf(e), e.getMessage());
        } finally {
            answers.forEach(answer -> Arrays.fill(answer, (byte) 0));
        }
    }

    /** As an operator takes it in from a partner; a Root certificate comes in an answer only. */
    private DecodedDocument certificate(DecodedDocument document, byte[] octets) {
        try {
            PartnerCertificate read = PartnerCertificateDocument.read(octets);
            List<String> verified = new ArrayList<>();
            read.signer()
                    .ifPresent(signer -> verified.add(
                            "signature of " + signer.getSubjectX500Principal().getName() + ", SHA-256 "
                                    + CertificatePin.sha256(signer)));
            verified.add("both keys are points of the right order");
            verified.add("fingerprint " + Texts.lowerHex(read.fingerprint()));
            return document.verified(verified, List.of());
        } catch (KmsException | MikeySakkeException e) {
            return wrong(document, document.explanation().kind().title(), CERTIFICATE_CLAUSE, e.getMessage());
        }
    }

    private DecodedDocument token(DecodedDocument document, byte[] octets) {
        if (tokenSignature.isEmpty()) {
            return unverified(document, "the signature was not verified; --jwks verifies it");
        }
        String token = Explainer.compactToken(new String(octets, StandardCharsets.US_ASCII));
        return tokenSignature
                .get()
                .faultOf(token)
                .map(fault -> DecodedDocument.of(
                        document.file(), document.explanation().with(fault)))
                .orElseGet(() -> document.verified(List.of("signature of the issuer"), List.of()));
    }

    private DecodedDocument unverified(DecodedDocument document, String what) {
        console.warning(document.file() + ": " + what);
        return document;
    }

    private static DecodedDocument wrong(DecodedDocument document, String where, String clause, String what) {
        return DecodedDocument.of(document.file(), document.explanation().with(new Fault(where, clause, what)));
    }

    private static String signed(MessageSignature signature) {
        return "signature under " + signature.keyName();
    }

    private static String clauseOf(RuntimeException e) {
        return e instanceof KmsException failure && failure.code() == KmsErrorCode.TRANSPORT_KEY_REQUIRED
                ? KEYS_CLAUSE
                : RESPONSE_CLAUSE;
    }
}
