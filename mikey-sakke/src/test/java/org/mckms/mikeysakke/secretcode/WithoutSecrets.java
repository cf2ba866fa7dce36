package org.mckms.mikeysakke.secretcode;

/** A class, with those nested in it, that no secret comes to. */
record WithoutSecrets(String type, String reason) {
    boolean covers(SecretCodeOffence offence) {
        return offence.method().startsWith(type + ".") || offence.method().startsWith(type + "$");
    }
}
