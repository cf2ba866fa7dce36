package org.mckms.client.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Function;
import org.mckms.client.cek.CekKeys;
import org.mckms.client.cek.CekOwner;
import org.mckms.client.file.PrivateFile;
import org.mckms.client.group.GroupKeyStore;
import org.mckms.client.store.ClientKeyStore;
import org.mckms.client.store.StoreKey;
import picocli.CommandLine.Option;

/** Options that name the encrypted key store of a device, and with what it is opened. */
final class KeyStoreOptions {
    private static final int FRESH_OCTETS = 32;
    private static final String GROUP_SUFFIX = ".groups";
    private static final String CONTENT_KEYS_SUFFIX = ".ceks";

    @Option(
            names = "--key-store",
            paramLabel = "NAME|FILE",
            description = "key store of the device: a name under clients of the home, or a file")
    private String keyStore;

    @Option(
            names = "--key-store-passphrase-file",
            paramLabel = "FILE",
            description = "its passphrase (default: NAME.passphrase beside it, else it is asked for)")
    private Path passphraseFile;

    /** As if the option named a store of the home. */
    static KeyStoreOptions named(String name) {
        KeyStoreOptions options = new KeyStoreOptions();
        options.keyStore = name;
        return options;
    }

    boolean isGiven() {
        return keyStore != null;
    }

    /** The file of the store. */
    Path file(Home home) {
        if (keyStore == null) {
            throw new WrongUseException("name the key store of the device with --key-store");
        }
        return isPath() ? Path.of(keyStore) : home.client(keyStore);
    }

    /** Whether there is such a store already. */
    boolean exists(Home home) {
        return Files.exists(file(home));
    }

    /** Opens the store; the caller closes it. */
    ClientKeyStore open(CliContext context, Home home) {
        Path file = file(home);
        if (!Files.exists(file)) {
            throw new CommandFailedException(
                    "there is no key store " + file, "`kmsctl import-registration` makes one from a registration file");
        }
        return withKey(passphrase(context, file), key -> ClientKeyStore.open(file, key, context.random()));
    }

    /** Opens the group keys of the same member, in a file beside the store, and makes it if there is none. */
    GroupKeyStore openGroupKeys(CliContext context, Home home, String memberUri) {
        Path file = beside(file(home), GROUP_SUFFIX);
        return withKey(
                passphrase(context, file(home)),
                key -> Files.exists(file)
                        ? GroupKeyStore.open(file, key, context.random())
                        : GroupKeyStore.create(file, key, memberUri, context.random()));
    }

    /** Opens the content encryption keys of the same owner, in a file beside the store, and makes it if there is none. */
    CekKeys openContentKeys(CliContext context, Home home, CekOwner owner) {
        Path file = beside(file(home), CONTENT_KEYS_SUFFIX);
        return Files.exists(file)
                ? openContentKeys(context, home)
                : withKey(passphrase(context, file(home)), key -> CekKeys.create(file, key, owner, context.random()));
    }

    /** Opens those there are. */
    CekKeys openContentKeys(CliContext context, Home home) {
        Path file = beside(file(home), CONTENT_KEYS_SUFFIX);
        if (!Files.exists(file)) {
            throw new CommandFailedException(
                    "no content encryption key is held: there is no " + file, "`kmsctl cek current` fetches one");
        }
        return withKey(passphrase(context, file(home)), key -> CekKeys.open(file, key, context.random()));
    }

    /**
     * Makes a store and leaves it open. One that is named gets a passphrase of its own beside it, unless there is one or
     * one was given; for a file it is asked for.
     */
    ClientKeyStore create(CliContext context, Home home, Function<StoreKey, ClientKeyStore> maker) throws IOException {
        Path file = file(home);
        Path beside = passphraseBeside(file);
        if (passphraseFile == null && !Files.exists(beside) && !isPath()) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            writeFreshPassphrase(context, beside);
        }
        return withKey(passphrase(context, file), maker);
    }

    private char[] passphrase(CliContext context, Path file) {
        if (passphraseFile != null) {
            return SecretFile.firstLine(passphraseFile);
        }
        Path beside = passphraseBeside(file);
        if (Files.exists(beside)) {
            return SecretFile.firstLine(beside);
        }
        return context.console()
                .askSecret("Passphrase of the key store " + file + ":")
                .orElseThrow(() -> new WrongUseException("give --key-store-passphrase-file"));
    }

    private static <T> T withKey(char[] passphrase, Function<StoreKey, T> action) {
        try (StoreKey key = StoreKey.passphrase(passphrase)) {
            return action.apply(key);
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    /** 256 bits in base64url, so that the stretching of passphrases is not what protects the store. */
    private static void writeFreshPassphrase(CliContext context, Path file) throws IOException {
        byte[] random = new byte[FRESH_OCTETS];
        context.random().nextBytes(random);
        byte[] line = Base64.getUrlEncoder().encode(random);
        try {
            PrivateFile.writeDurably(file, line);
        } finally {
            Arrays.fill(random, (byte) 0);
            Arrays.fill(line, (byte) 0);
        }
    }

    private static Path passphraseBeside(Path file) {
        return beside(file, ".passphrase");
    }

    private static Path beside(Path file, String suffix) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return file.resolveSibling((dot < 0 ? name : name.substring(0, dot)) + suffix);
    }

    private boolean isPath() {
        return keyStore.indexOf('/') >= 0 || keyStore.endsWith(Home.CLIENT_SUFFIX);
    }
}
