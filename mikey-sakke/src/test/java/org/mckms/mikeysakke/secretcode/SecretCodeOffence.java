package org.mckms.mikeysakke.secretcode;

/**
 * One place in compiled code that breaks a rule.
 *
 * @param method simple name of the outermost class, a dot, and the name of the method; lambdas count as the method they are in
 */
record SecretCodeOffence(SecretCodeRule rule, String method, String what, int line) {
    @Override
    public String toString() {
        return "%s, line %d: %s (%s, %s)".formatted(method, line, rule.offence(), rule, what);
    }
}
