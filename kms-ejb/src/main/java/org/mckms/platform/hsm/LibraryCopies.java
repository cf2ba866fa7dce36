package org.mckms.platform.hsm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Copies of the library under fresh names, the last resort for getting at a lost token. A copy that was never initialised
 * serves the next attempt too, so that a long loss does not fill the memory with libraries. Not thread safe.
 */
final class LibraryCopies {

    private final Path library;
    private Path unused;

    LibraryCopies(Path library) {
        this.library = library;
    }

    /** A copy that no provider was initialised on yet. */
    Path next() {
        if (unused == null) {
            unused = copy();
        }
        return unused;
    }

    /** The copy is loaded and initialised now: its file is not needed any more, and it must not serve again. */
    void used() {
        try {
            Files.deleteIfExists(unused);
            Files.deleteIfExists(unused.getParent());
        } catch (IOException e) {
            unused.toFile().deleteOnExit(); // a leftover in the temporary directory is all that goes wrong
        }
        unused = null;
    }

    private Path copy() {
        try {
            Path directory = Files.createTempDirectory("mckms-hsm"); // readable by this user only
            return Files.copy(library, directory.resolve("pkcs11-" + System.nanoTime() + ".so"));
        } catch (IOException e) {
            throw new TokenException(TokenFault.LIBRARY, "Cannot copy the PKCS#11 library " + library + ".", e);
        }
    }
}
