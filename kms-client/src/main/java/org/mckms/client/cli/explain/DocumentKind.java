package org.mckms.client.cli.explain;

/** The documents that can be explained. */
public enum DocumentKind {
    KMS_REQUEST("KmsRequest"),
    SIGNED_KMS_REQUEST("SignedKmsRequest"),
    KMS_RESPONSE("KmsResponse"),
    SIGNED_KMS_RESPONSE("SignedKmsResponse"),
    KMS_CERTIFICATE("KmsCertificate"),
    SIGNED_KMS_CERTIFICATE("SignedKmsCertificate"),
    KMS_REDIRECT_RESPONSE("KmsRedirectResponse"),
    ACCESS_TOKEN("access token"),
    REGISTRATION_FILE("registration file"),
    PROVISIONING_BUNDLE("provisioning bundle"),
    I_MESSAGE("MIKEY-SAKKE I_MESSAGE"),
    GKTPS("GKTPs"),
    SEALED_BODY("sealed body"),
    BODY_SIGNATURES("signatures"),
    PROTECTED_XML("XML with encrypted parts"),
    ENCRYPTED_URI("encrypted URI"),
    UNKNOWN("unknown document");

    private final String title;

    DocumentKind(String title) {
        this.title = title;
    }

    /** What people call it; of an XML document the name of its root element. */
    public String title() {
        return title;
    }
}
