package org.mckms.mikeysakke.secretcode;

/** A method in which a rule may be broken, since the data is public; lambdas belong to the method they are in. */
record Allowed(SecretCodeRule rule, String method, String reason) {
    boolean covers(SecretCodeOffence offence) {
        return offence.rule() == rule && offence.method().equals(method);
    }
}
