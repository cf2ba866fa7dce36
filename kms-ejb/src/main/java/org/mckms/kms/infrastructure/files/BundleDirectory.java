package org.mckms.kms.infrastructure.files;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.mckms.kms.domain.BundleFiles;
import org.mckms.kms.domain.BundleJobId;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/**
 * Bundles as files {@code <folder>/<job>/<thousands>/<number>}, readable by the server's account only. A file appears under
 * its name when it is whole and on disk.
 */
public final class BundleDirectory implements BundleFiles {

    private static final int FILES_PER_FOLDER = 1000;
    private static final Set<StandardOpenOption> FRESH =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);

    private final Optional<Path> root;

    /** @param root empty if this node keeps no bundles */
    public BundleDirectory(Optional<Path> root) {
        this.root = requireNonNull(root, "root");
    }

    @Override
    public boolean available() {
        return root.isPresent();
    }

    @Override
    public void write(BundleJobId job, int number, byte[] bundle) {
        Path file = file(job, number);
        Path draft = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.createDirectories(
                    file.getParent(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            try (FileChannel out = FileChannel.open(
                    draft, FRESH, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                ByteBuffer octets = ByteBuffer.wrap(bundle);
                while (octets.hasRemaining()) {
                    out.write(octets);
                }
                out.force(true);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            sync(file.getParent());
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    @Override
    public InputStream read(BundleJobId job, int number) throws IOException {
        return Files.newInputStream(file(job, number));
    }

    @Override
    public void removeAll(BundleJobId job) {
        try {
            Files.walkFileTree(root().resolve(job.toString()), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                    Files.delete(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (NoSuchFileException e) {
            return;
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    /** Makes a new name durable. */
    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private Path file(BundleJobId job, int number) {
        return root().resolve(job.toString())
                .resolve(String.format("%03d", number / FILES_PER_FOLDER))
                .resolve(String.format("%06d.bundle", number));
    }

    private Path root() {
        return root.orElseThrow(() -> new KmsException(
                KmsErrorCode.BUNDLE_STORE_UNAVAILABLE, "this node keeps no bundles; set kms.bundles.dir"));
    }

    private static KmsException unavailable(IOException e) {
        return new KmsException(
                KmsErrorCode.BUNDLE_STORE_UNAVAILABLE,
                "the folder of bundles cannot be used: " + e.getClass().getSimpleName(),
                e);
    }
}
