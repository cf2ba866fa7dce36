package org.mckms.csc;

import org.mckms.platform.config.ScopeSettings;

/** A part of this archive that other scopes open than those of key management, and that refuses in a form of its own. */
public interface ProtectedResources {

    /** Whether they are served at all; if not, everything is as if they were not there. */
    boolean areServed();

    /** What they are for, in words for those who may not use them; tells an {@link Admission} here from one elsewhere. */
    String purpose();

    /**
     * Whether a request is for one of them.
     *
     * @param rawPath path as it came over the wire
     */
    boolean cover(String rawPath);

    /** Scopes of which one opens them. */
    ScopeSettings scopes();

    /** How they refuse. */
    Refusals refusals();
}
