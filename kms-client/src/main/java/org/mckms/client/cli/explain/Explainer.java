package org.mckms.client.cli.explain;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Explains any document of the KMS protocol. */
public final class Explainer {
    private final XmlExplainer xml;
    private final TokenExplainer tokens;

    /**
     * @param now against which the times of tokens are held
     * @param showSecrets whether plain private keys are shown; else only their length
     */
    public Explainer(Instant now, boolean showSecrets) {
        this.xml = new XmlExplainer(showSecrets);
        this.tokens = new TokenExplainer(now);
    }

    /** Never throws for what the octets are; a document that is none of ours is of kind {@link DocumentKind#UNKNOWN}. */
    public Explanation explain(byte[] octets) {
        return switch (Recognition.formOf(octets)) {
            case XML -> xml.explain(octets);
            case TOKEN -> tokens.explain(new String(octets, StandardCharsets.US_ASCII));
            case REGISTRATION_FILE, BUNDLE, OTHER -> unknown(octets);
        };
    }

    /** A token in its compact serialization, without the word Bearer that may stand before it. */
    public static String compactToken(String text) {
        return TokenExplainer.withoutBearer(text);
    }

    private static Explanation unknown(byte[] octets) {
        Recognition.Foreign foreign = Recognition.foreign(octets);
        ExplanationBuilder out = new ExplanationBuilder();
        out.fault("", "unknown document: " + foreign.what());
        out.advise(foreign.advice());
        return out.build(DocumentKind.UNKNOWN);
    }
}
