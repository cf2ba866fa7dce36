package org.mckms.platform.config;

/** How strict the server is; set once by {@code kms.profile}. */
public enum Profile {
    /** Tests and demonstrations: development issuers and published numbers are allowed, loudly. */
    DEVELOPMENT,
    /** Real users. */
    PRODUCTION
}
