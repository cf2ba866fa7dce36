package org.mckms.protocol.security;

/** The names of XML Signature that messages use (TS 33.180 clause D.3.5.2); no others are accepted. */
public final class XmlSignature {
    /** Namespace of ds:Signature. */
    public static final String NAMESPACE = "http://www.w3.org/2000/09/xmldsig#";
    /** Inclusive canonical XML 1.0 without comments. */
    public static final String C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
    /** Inclusive canonical XML 1.0 with comments. */
    public static final String C14N_WITH_COMMENTS = C14N + "#WithComments";
    /** HMAC-SHA-256. */
    public static final String HMAC_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256";
    /** ECDSA with SHA-256 (RFC 4051 clause 2.3.6). */
    public static final String ECDSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256";
    /** SHA-256. */
    public static final String SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256";
    /** The transform that leaves the signature itself out. */
    public static final String ENVELOPED = NAMESPACE + "enveloped-signature";

    private XmlSignature() {}
}
