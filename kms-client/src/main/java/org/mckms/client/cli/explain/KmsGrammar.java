package org.mckms.client.cli.explain;

import static org.mckms.client.cli.explain.SimpleValues.FLAG;
import static org.mckms.client.cli.explain.SimpleValues.TEXT;
import static org.mckms.client.cli.explain.SimpleValues.TIME;
import static org.mckms.client.cli.explain.SimpleValues.URI;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mckms.client.cli.explain.Grammar.Anything;
import org.mckms.client.cli.explain.Grammar.AttributeRule;
import org.mckms.client.cli.explain.Grammar.Content;
import org.mckms.client.cli.explain.Grammar.ElementRule;
import org.mckms.client.cli.explain.Grammar.Fields;
import org.mckms.client.cli.explain.Grammar.KeyContent;
import org.mckms.client.cli.explain.Grammar.Text;
import org.mckms.protocol.xml.KmsSchema;

/** The documents of TS 33.180 annex D with the tables' own words, in the order of the schema. */
final class KmsGrammar {
    static final String REDIRECT_NAMESPACE = "urn:3gpp:ns:mcsecKMSKRR:1.0";

    private static final String REQUEST = "D.2.2";
    private static final String RESPONSE = "D.3.1";
    private static final String CERTIFICATE = "D.3.2";
    private static final String KEY_SET = "D.3.3";
    private static final String EXTENSION = "D.3.5.2";
    private static final String REDIRECT = "D.4";
    private static final Set<String> NO_CHOICE = Set.of();
    private static final Values NUMBER = SimpleValues.number(0, Long.MAX_VALUE);

    private final boolean showSecrets;
    private final Map<String, ElementRule> roots;

    /** @param showSecrets whether plain private keys are shown; else only their length */
    KmsGrammar(boolean showSecrets) {
        this.showSecrets = showSecrets;
        ElementRule request = required("KmsRequest", REQUEST, "the request", request());
        ElementRule response = required("KmsResponse", RESPONSE, "the answer", response());
        ElementRule certificate = required("KmsCertificate", CERTIFICATE, "public keys of a KMS", certificate());
        this.roots = Stream.of(
                        request,
                        signed("SignedKmsRequest", REQUEST, request, SignatureGrammar.hmac()),
                        response,
                        signed(
                                "SignedKmsResponse",
                                RESPONSE,
                                response,
                                SignatureGrammar.hmac().optional()),
                        certificate,
                        signedCertificate(certificate),
                        new ElementRule(
                                REDIRECT_NAMESPACE,
                                "KmsRedirectResponse",
                                1,
                                1,
                                REDIRECT,
                                "tells an initiator which KMS is acceptable",
                                new Anything()))
                .collect(Collectors.toUnmodifiableMap(ElementRule::name, Function.identity()));
    }

    /** The rule of a root element, by its local name. */
    Map<String, ElementRule> roots() {
        return roots;
    }

    private static Content request() {
        return extended(
                CekGrammar.requests(),
                List.of(id(), version("1.1.0")),
                NO_CHOICE,
                text("UserUri", REQUEST, "requesting user", URI),
                text("KmsUri", REQUEST, "KMS addressed", URI),
                text("Time", REQUEST, "time of the request, which has to be recent", TIME),
                text("ClientId", REQUEST, "the client", TEXT).optional(),
                text("DeviceId", REQUEST, "the device", TEXT).optional(),
                text("ClientReqUrl", REQUEST, "the URI to which the POST goes", URI),
                required("KrrList", REQUEST, "KMS redirect responses; only to redirect", new Anything())
                        .optional(),
                required("ClientError", REQUEST, "an earlier failure", error(REQUEST))
                        .optional(),
                text("TrK-ID", REQUEST, "transport key that the client holds", TEXT)
                        .optional(),
                text("Signature-ID", REQUEST, "key that signs: the InK, else the TrK", TEXT)
                        .optional());
    }

    private Content response() {
        return extended(
                List.of(CekGrammar.list(showSecrets)),
                List.of(id(), version("1.0.0")),
                Set.of("KmsMessage", "KmsError", "CekList"),
                text("UserUri", RESPONSE, "user answered", URI),
                text("KmsUri", RESPONSE, "KMS that answers", URI),
                text("Time", RESPONSE, "time of the answer", TIME),
                text("KmsId", RESPONSE, "the KMS instance", TEXT).optional(),
                text("ClientReqUrl", RESPONSE, "the resource that was asked for", URI),
                required("KmsMessage", RESPONSE, "", message()).optional(),
                required("KmsError", RESPONSE, "why there is no message", error(RESPONSE))
                        .optional(),
                text("TrK-ID", RESPONSE, "transport key that wraps", TEXT).optional(),
                text("Signature-ID", RESPONSE, "key that signs", TEXT).optional());
    }

    private Content message() {
        ElementRule certificate = required("KmsCertificate", CERTIFICATE, "public keys of a KMS", certificate());
        ElementRule signed = signedCertificate(certificate);
        Fields init = fields(
                List.of(id(), version("1.0.0")),
                true,
                Set.of("SignedKmsCertificate", "KmsCertificate"),
                signed.optional(),
                certificate.optional(),
                newKey("NewTransportKey"),
                newKey("NewIntegrityKey"));
        ElementRule ceks = CekGrammar.list(showSecrets);
        Fields keyProv = fields(
                        List.of(id(), version("1.0.0")),
                        true,
                        required("KmsKeySet", KEY_SET, "keys of one identity for one key period", keySet())
                                .repeated(),
                        ceks,
                        newKey("NewTransportKey"),
                        newKey("NewIntegrityKey"))
                .withWhole(element -> CekGrammar.faultsIn(element, List.of(ceks)));
        Fields cache = fields(
                List.of(id(), version("1.0.0"), new AttributeRule("CacheNum", false, NUMBER)),
                true,
                signed.repeated(),
                certificate.repeated());
        Fields lookup = fields(
                List.of(id(), version("1.0.0")),
                true,
                text("KmsUri", RESPONSE, "a KMS", URI).repeated());
        return fields(
                List.of(id()),
                true,
                Set.of("KmsInit", "KmsKeyProv", "KmsCertCache", "KmsLookup"),
                required("KmsInit", RESPONSE, "answer to KMS Initialize", init).optional(),
                required("KmsKeyProv", RESPONSE, "answer to KMS KeyProvision", keyProv)
                        .optional(),
                required("KmsCertCache", RESPONSE, "answer to KMS CertCache and KMS Cert", cache)
                        .optional(),
                required("KmsLookup", RESPONSE, "answer to KMS Discovery Lookup", lookup)
                        .optional());
    }

    private static Content certificate() {
        return fields(
                List.of(
                        id(),
                        version("1.1.0"),
                        new AttributeRule("Role", false, SimpleValues.oneOf("Root", "External")),
                        new AttributeRule("IsSecurityGateway", false, FLAG)),
                true,
                text("CertUri", CERTIFICATE, "names this certificate; a later one of that name replaces it", URI)
                        .optional(),
                text("KmsUri", CERTIFICATE, "the KMS; P2 of the hash of a UID", URI),
                text("Issuer", CERTIFICATE, "issuing entity", TEXT).optional(),
                text("ValidFrom", CERTIFICATE, "", TIME).optional(),
                text("ValidTo", CERTIFICATE, "", TIME).optional(),
                text("Revoked", CERTIFICATE, "", FLAG).optional(),
                text("UserIdFormat", CERTIFICATE, "UIDs are those of annex F.2.1", SimpleValues.oneOf("2")),
                text("UserKeyPeriod", CERTIFICATE, "seconds of a key period", SimpleValues.number(1, Long.MAX_VALUE)),
                text("UserKeyOffset", CERTIFICATE, "seconds by which periods are shifted", NUMBER),
                text("PubEncKey", CERTIFICATE, "Z_T of RFC 6508", KeyValues.Z_T),
                text("PubAuthKey", CERTIFICATE, "KPAK of RFC 6507", KeyValues.KPAK),
                text("ParameterSet", CERTIFICATE, "SAKKE parameter set", SimpleValues.number(1, 1))
                        .optional(),
                required(
                                "KmsDomainList",
                                CERTIFICATE,
                                "domains served",
                                fields(
                                        List.of(),
                                        false,
                                        text("KmsDomain", CERTIFICATE, "", URI).repeated()))
                        .optional());
    }

    private Content keySet() {
        return fields(
                List.of(id(), version("1.1.0")),
                false,
                text("KmsUri", KEY_SET, "issuing KMS", URI),
                text("CertUri", KEY_SET, "certificate that the keys belong to", URI)
                        .optional(),
                text("Issuer", KEY_SET, "", TEXT).optional(),
                text("UserUri", KEY_SET, "the identity, hashed into the UID", URI),
                text("UserID", KEY_SET, "the UID", KeyValues.UID),
                text("ValidFrom", KEY_SET, "", TIME).optional(),
                text("ValidTo", KEY_SET, "", TIME).optional(),
                text("KeyPeriodNo", KEY_SET, "P5 of the hash of the UID", NUMBER),
                text("Revoked", KEY_SET, "", FLAG).optional(),
                key("UserDecryptKey", "RSK of RFC 6508", KeyValues.rsk(showSecrets)),
                key("UserSigningKeySSK", "SSK of RFC 6507", KeyValues.ssk(showSecrets)),
                key("UserPubTokenPVT", "PVT of RFC 6507", KeyValues.PVT));
    }

    private static Content error(String clause) {
        return fields(
                List.of(id(), version("1.0.0")),
                true,
                text("ErrorCode", clause, "", SimpleValues.number(Integer.MIN_VALUE, Integer.MAX_VALUE)),
                text("ErrorMsg", clause, "", TEXT));
    }

    private static ElementRule signed(String name, String clause, ElementRule inner, ElementRule signature) {
        return required(name, clause, "", fields(List.of(id()), false, inner, signature));
    }

    private static ElementRule signedCertificate(ElementRule certificate) {
        return signed(
                "SignedKmsCertificate",
                CERTIFICATE,
                certificate,
                SignatureGrammar.ecdsa().optional());
    }

    private static ElementRule key(String name, String meaning, Values plain) {
        return required(name, KEY_SET, meaning, new KeyContent(plain, SignatureGrammar.wrappedKey()));
    }

    private static ElementRule newKey(String name) {
        return required(
                        name,
                        EXTENSION,
                        "replaces the present one once it is used",
                        new KeyContent(
                                text -> Reading.wrong("hidden", "a new key comes wrapped only"),
                                SignatureGrammar.wrappedKey()))
                .repeated();
    }

    private static Fields fields(List<AttributeRule> attributes, boolean open, ElementRule... elements) {
        return fields(attributes, open, NO_CHOICE, elements);
    }

    private static Fields fields(
            List<AttributeRule> attributes, boolean open, Set<String> exactlyOneOf, ElementRule... elements) {
        return new Fields(attributes, List.of(elements), exactlyOneOf, open);
    }

    /** Fields of an element that one element of our extension may follow. */
    private static Fields extended(
            List<ElementRule> extension,
            List<AttributeRule> attributes,
            Set<String> exactlyOneOf,
            ElementRule... elements) {
        List<ElementRule> all =
                Stream.concat(Stream.of(elements), extension.stream()).toList();
        return new Fields(attributes, all, exactlyOneOf, true)
                .withWhole(element -> CekGrammar.faultsIn(element, extension));
    }

    private static ElementRule text(String name, String clause, String meaning, Values rule) {
        return required(name, clause, meaning, new Text(rule));
    }

    private static ElementRule required(String name, String clause, String meaning, Content content) {
        return new ElementRule(KmsSchema.NAMESPACE, name, 1, 1, clause, meaning, content);
    }

    private static AttributeRule id() {
        return new AttributeRule("Id", false, TEXT);
    }

    private static AttributeRule version(String fixed) {
        return new AttributeRule("Version", false, SimpleValues.version(fixed));
    }
}
