package org.mckms.client.cli;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.mckms.client.cli.explain.Explainer;
import org.mckms.client.cli.explain.Explanation;
import org.mckms.client.cli.explain.Explanation.Fault;
import org.mckms.mikeysakke.MikeySakkeException;
import org.mckms.protocol.codec.KmsResponseCodec;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsResponse;

/** Reads a document for `kmsctl decode`: explains it, and verifies and opens what the options give keys for. */
final class DocumentReader {
    private static final String RESPONSE_CLAUSE = "D.3.1";

    private final Console console;
    private final Explainer explainer;
    private final Optional<TokenSignature> tokenSignature;

    DocumentReader(Console console, Explainer explainer, DecodeKeys keys) {
        this.console = console;
        this.explainer = explainer;
        this.tokenSignature = keys.tokenSignature();
    }

    /** @param file - for standard input */
    DecodedDocument read(String file) {
        byte[] octets = Documents.octets(file, console);
        try {
            Explanation explanation = explainer.explain(octets);
            if (explanation.firstFault().isPresent()) {
                return only(file, explanation);
            }
            return switch (explanation.kind()) {
                case KMS_RESPONSE -> response(file, octets, explanation);
                case ACCESS_TOKEN -> token(file, octets, explanation);
                default -> only(file, explanation);
            };
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    private static DecodedDocument response(String file, byte[] octets, Explanation explanation) {
        try {
            KmsResponse response = KmsResponseCodec.decode(octets);
            return new DecodedDocument(file, explanation, Optional.of(response), List.of());
        } catch (KmsException | MikeySakkeException e) {
            return only(file, explanation.with(new Fault("KmsResponse", RESPONSE_CLAUSE, e.getMessage())));
        }
    }

    private DecodedDocument token(String file, byte[] octets, Explanation explanation) {
        if (tokenSignature.isEmpty()) {
            console.warning(file + ": the signature was not verified; --jwks verifies it");
            return only(file, explanation);
        }
        String token = Explainer.compactToken(new String(octets, StandardCharsets.US_ASCII));
        return only(
                file, tokenSignature.get().faultOf(token).map(explanation::with).orElse(explanation));
    }

    private static DecodedDocument only(String file, Explanation explanation) {
        return new DecodedDocument(file, explanation, Optional.empty(), List.of());
    }
}
