package org.mckms.client.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;

/**
 * Refuses files and folders that somebody else may have made or changed: a set-up folder says whom to trust and where
 * PINs go, and the usual one is looked for in the working directory. File systems without POSIX permissions are not
 * looked at.
 */
final class HomeGuard {
    private static final String ROOT = "root";

    private HomeGuard() {}

    /**
     * Does nothing for what is not there.
     *
     * @throws CommandFailedException unless it belongs to the user of this process or to root, a symbolic link in its
     *     place likewise, and neither group nor others can write to it
     */
    static void requireSafe(Path path) {
        if (!Files.exists(path) || Files.getFileAttributeView(path, PosixFileAttributeView.class) == null) {
            return;
        }
        try {
            requireOwner(path, attributes(path, LinkOption.NOFOLLOW_LINKS).owner());
            PosixFileAttributes attributes = attributes(path);
            requireOwner(path, attributes.owner());
            requireNoOtherWriter(path, attributes.permissions());
        } catch (IOException e) {
            throw new CommandFailedException("cannot find out whose " + path + " is: " + e.getMessage());
        }
    }

    private static void requireOwner(Path path, UserPrincipal owner) throws IOException {
        if (!owner.getName().equals(ROOT) && !owner.equals(user())) {
            throw new CommandFailedException(
                    path + " belongs to " + owner.getName() + ", who could have put anything there",
                    "--home names the folder with your own keys and certificates");
        }
    }

    private static void requireNoOtherWriter(Path path, Set<PosixFilePermission> permissions) {
        if (permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new CommandFailedException(
                    "others than its owner can write to " + path + " and could have put anything there",
                    "look at what is in it, then: chmod go-w " + path);
        }
    }

    private static PosixFileAttributes attributes(Path path, LinkOption... options) throws IOException {
        return Files.readAttributes(path, PosixFileAttributes.class, options);
    }

    /** The owner of what this process makes: true also where the user has no name, as in some containers. */
    private static UserPrincipal user() throws IOException {
        Path own = Files.createTempFile("kmsctl", null);
        try {
            return Files.getOwner(own);
        } finally {
            Files.delete(own);
        }
    }
}
