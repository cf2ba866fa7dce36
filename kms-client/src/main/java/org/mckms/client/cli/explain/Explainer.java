package org.mckms.client.cli.explain;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import org.mckms.protocol.sealed.Opener;

/** Explains any document of the KMS protocol. */
public final class Explainer {
    private final XmlExplainer xml;
    private final TokenExplainer tokens;
    private final RegistrationExplainer registrations;
    private final BundleExplainer bundles;

    /**
     * @param now against which the times of tokens are held
     * @param showSecrets whether plain private keys are shown; else only their length
     * @param pinnedSigner the certificate under which files have to be signed; empty if any will do
     * @param opener opens registration files; not closed here
     */
    public Explainer(
            Instant now, boolean showSecrets, Optional<X509Certificate> pinnedSigner, Optional<Opener> opener) {
        this.xml = new XmlExplainer(showSecrets);
        this.tokens = new TokenExplainer(now);
        this.registrations = new RegistrationExplainer(now, opener, pinnedSigner);
        this.bundles = new BundleExplainer(xml, pinnedSigner);
    }

    /** Never throws for what the octets are; a document that is none of ours is of kind {@link DocumentKind#UNKNOWN}. */
    public Explanation explain(byte[] octets) {
        return switch (Recognition.formOf(octets)) {
            case XML -> xml.explain(octets);
            case TOKEN -> tokens.explain(new String(octets, StandardCharsets.US_ASCII));
            case BUNDLE -> bundles.explain(octets);
            case REGISTRATION_FILE -> registrations.explain(octets);
            case MIKEY -> MikeyExplainer.explain(message(octets).orElseThrow());
            case SEALED_BODY -> SealedBodyExplainer.explain(sealedBody(octets).orElseThrow());
            case ENCRYPTED_URI -> XpkExplainer.explain(new String(octets, StandardCharsets.ISO_8859_1).strip());
            case OTHER -> unknown(octets);
        };
    }

    /** A token in its compact serialization, without the word Bearer that may stand before it. */
    public static String compactToken(String text) {
        return TokenExplainer.withoutBearer(text);
    }

    /** The octets of an I_MESSAGE that was saved as such, in hex or in base64. */
    public static Optional<byte[]> message(byte[] document) {
        return MikeyText.message(document);
    }

    /** The octets of a body sealed under a CEK that was saved as such, in base64 or in PEM. */
    public static Optional<byte[]> sealedBody(byte[] document) {
        return SealedBodyExplainer.envelope(document);
    }

    /** Text that somebody else chose, made safe and short enough to show in one line. */
    public static String visible(String text) {
        return VisibleText.of(text);
    }

    private static Explanation unknown(byte[] octets) {
        Recognition.Foreign foreign = Recognition.foreign(octets);
        ExplanationBuilder out = new ExplanationBuilder();
        out.fault("", "unknown document: " + foreign.what());
        out.advise(foreign.advice());
        return out.build(DocumentKind.UNKNOWN);
    }
}
