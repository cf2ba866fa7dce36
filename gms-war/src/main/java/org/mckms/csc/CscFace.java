package org.mckms.csc;

import java.util.function.UnaryOperator;

/**
 * Resources that speak in messages of TS 33.180 annex D.
 *
 * @param root     where they lie
 * @param methodOf the one method that is taken at a raw path, whether there is a resource or not
 */
public record CscFace(String root, UnaryOperator<String> methodOf) {

    /** Those of annex D itself. */
    static final CscFace KEY_MANAGEMENT = new CscFace(CscPath.ROOT, path -> "POST");
}
