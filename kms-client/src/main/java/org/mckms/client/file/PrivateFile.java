package org.mckms.client.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes files that only their owner can read (mode 0600 where the file system has modes). */
public final class PrivateFile {
    private static final String OWNER_ONLY = "rw-------";
    private static final String FRESH_SUFFIX = ".new";

    private PrivateFile() {}

    /** Writes the new content of a file. */
    @FunctionalInterface
    public interface Filler {
        /** @param fresh an empty file that nobody else can open */
        void fill(Path fresh) throws IOException;
    }

    /**
     * Replaces {@code file} by the given octets in one step: a reader sees the old or the new content. The new content is
     * never readable by others, not even for a moment.
     */
    public static void write(Path file, byte[] content) throws IOException {
        replace(file, fresh -> Files.write(fresh, content, StandardOpenOption.WRITE));
    }

    /**
     * The same, and when it returns the new content outlasts a loss of power: the octets are forced to the disk before
     * they get the name of the file, and the name after that.
     */
    public static void writeDurably(Path file, byte[] content) throws IOException {
        replace(file, fresh -> {
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                ByteBuffer left = ByteBuffer.wrap(content);
                while (left.hasRemaining()) {
                    channel.write(left);
                }
                channel.force(true);
            }
        });
        forceDirectory(file.toAbsolutePath().getParent());
    }

    /**
     * Deletes what writers of this file left behind when they died. For the only writer of the file, before it writes.
     */
    public static void deleteLeftovers(Path file) throws IOException {
        String begin = "." + file.getFileName();
        try (DirectoryStream<Path> leftovers =
                Files.newDirectoryStream(file.toAbsolutePath().getParent(), each -> {
                    String name = each.getFileName().toString();
                    return name.startsWith(begin)
                            && name.endsWith(FRESH_SUFFIX)
                            && name.substring(begin.length(), name.length() - FRESH_SUFFIX.length())
                                    .chars()
                                    .allMatch(Character::isDigit);
                })) {
            for (Path leftover : leftovers) {
                Files.deleteIfExists(leftover);
            }
        }
    }

    /** Not every operating system can: where directories are no files, renaming is durable by itself. */
    private static void forceDirectory(Path directory) throws IOException {
        if (hasModes()) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /**
     * As {@link #write} with content that {@code filler} writes; if that fails, the file stays as it is. A symbolic link in its
     * place is replaced, not followed.
     */
    public static void replace(Path file, Filler filler) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        Path fresh = Files.createTempFile(directory, "." + file.getFileName(), FRESH_SUFFIX, ownerOnly());
        try {
            filler.fill(fresh);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        return hasModes()
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean hasModes() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }
}
