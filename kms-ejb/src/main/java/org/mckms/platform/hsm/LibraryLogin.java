package org.mckms.platform.hsm;

import java.nio.file.Path;
import java.util.UUID;

/**
 * One login of this process at one library. A login belongs to the process: a logout ends it for everybody who uses the
 * same library, and that may be a newer generation or a newer deployment in the same application server. So only the owner
 * of the latest login may log out. Deployments share no classes, therefore a system property says which login that is.
 */
final class LibraryLogin {

    private static final String PROPERTY = "org.mckms.hsm.login.";

    private final String property;
    private final String id = UUID.randomUUID().toString();

    private LibraryLogin(Path library) {
        this.property = PROPERTY + library;
    }

    /** Notes that a login begins: from now on no earlier one is the latest. */
    static LibraryLogin begun(Path library) {
        LibraryLogin login = new LibraryLogin(library);
        System.setProperty(login.property, login.id);
        return login;
    }

    boolean isLatest() {
        return id.equals(System.getProperty(property));
    }
}
