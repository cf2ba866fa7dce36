package org.mckms.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mckms.client.KmsClient;
import org.mckms.client.RegistrationImport;
import org.mckms.client.ServerEndpoint;
import org.mckms.client.TimeLimits;
import org.mckms.client.TlsMaterial;
import org.mckms.client.group.GroupClient;
import org.mckms.client.group.GroupKey;
import org.mckms.client.group.GroupKeyReceiver;
import org.mckms.client.group.GroupKeyStore;
import org.mckms.client.group.GroupMember;
import org.mckms.client.group.KeyUse;
import org.mckms.client.group.MessageOpening;
import org.mckms.client.group.Reception;
import org.mckms.client.group.Sender;
import org.mckms.client.group.SrtpMaterial;
import org.mckms.client.store.ClientKeyStore;
import org.mckms.client.store.StoreKey;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.Sha256;
import org.mckms.mikeysakke.mikey.CryptoSessionId;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.protocol.group.McService;
import org.mckms.protocol.sealed.Opener;

/**
 * A member of groups with the client library alone: registered at its KMS by an officer's file, provisioned over CSC-8, and
 * served by the GMS of the same system. Its clock is that of the machine.
 */
public final class GroupMemberDevice implements AutoCloseable {
    /** Scopes of a user who has keys of its own and of its groups. */
    public static final String SCOPES = DevelopmentIdm.PTT_SCOPE + " 3gpp:mc:ptt_group_management_service";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Kms kms;
    private final String uri;
    private final ClientKeyStore store;
    private final GroupKeyStore groupKeys;
    private final KmsClient client;
    private final GroupKeyReceiver receiver;
    private final GroupClient gms;
    private final GroupMember member;

    private GroupMemberDevice(Kms kms, String uri, ClientKeyStore store, GroupKeyStore groupKeys) {
        this.kms = kms;
        this.uri = uri;
        this.store = store;
        this.groupKeys = groupKeys;
        TlsMaterial tls = TlsMaterial.trusting(kms.home().trust());
        this.client = KmsClient.of(store)
                .tls(tls)
                .tokens(this::token)
                .clock(Clock.systemUTC())
                .build();
        Sender manager = new Sender(kms.home().setting("gms.uri"), kms.kmsUri());
        this.receiver = new GroupKeyReceiver(
                new MessageOpening(client, uri), groupKeys, group -> Set.of(manager), Clock.systemUTC());
        this.gms = new GroupClient(
                new ServerEndpoint(URI.create("https://localhost:" + kms.home().kmsPort()), tls, TimeLimits.STANDARD),
                this::token);
        this.member = new GroupMember(gms, receiver, McService.MCPTT);
    }

    /**
     * Registers a user's device and fetches its key set and the certificates of partners.
     *
     * @param folder for its two key stores
     */
    public static GroupMemberDevice registered(Kms kms, String user, Path folder) {
        byte[] file = RegisteredDevice.requestFile(kms, user, Map.of()).body();
        String name = user.replaceAll("\\W", "-");
        try (StoreKey key = storeKey();
                Opener opener = Opener.passphrase(RegisteredDevice.PASSPHRASE.toCharArray());
                RegistrationImport first = RegistrationImport.open(file, opener, Optional.empty(), Instant.now())) {
            Files.createDirectories(folder);
            ClientKeyStore store = first.createStore(folder.resolve(name + ".keys"), key, RANDOM);
            GroupKeyStore groupKeys = GroupKeyStore.create(folder.resolve(name + ".groups"), key, user, RANDOM);
            GroupMemberDevice device = new GroupMemberDevice(kms, user, store, groupKeys);
            device.client.provision();
            device.client.updatePartners();
            return device;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static StoreKey storeKey() {
        byte[] octets = new byte[32];
        RANDOM.nextBytes(octets);
        try (SecretOctets secret = SecretOctets.takeFrom(octets)) {
            return StoreKey.key(secret);
        }
    }

    /** MC service ID. */
    public String uri() {
        return uri;
    }

    /** A token for keys and groups, good for five minutes. */
    public String token() {
        return kms.idm().signed(kms.idm().claims(uri).claim("scope", SCOPES).build());
    }

    public KmsClient client() {
        return client;
    }

    public GroupClient gms() {
        return gms;
    }

    public GroupKeyReceiver receiver() {
        return receiver;
    }

    public GroupKeyStore groupKeys() {
        return groupKeys;
    }

    public GroupMember member() {
        return member;
    }

    /** Fetches, takes and answers for the keys of a group. */
    public Optional<Reception> refresh(String groupUri) {
        return member.refresh(groupUri);
    }

    /** Identifiers of the keys held of a group, in hex. */
    public List<String> keyIds(String groupUri) {
        return groupKeys.keys().stream()
                .filter(key -> key.groups().contains(groupUri))
                .map(key -> key.keyId().toString())
                .toList();
    }

    /**
     * A fingerprint of what SRTP gets for a talker now, master key, salt and MKI: equal for members who hear each other.
     *
     * @return empty if there is no key for this use
     */
    public Optional<String> hears(String talkerUri, String groupUri, KeyUse use) {
        Optional<GroupKey> held = groupKeys.keyFor(groupUri, use, Instant.now());
        return held.map(key -> {
            try (key;
                    SrtpMaterial srtp = key.srtpOf(CryptoSessionId.MCPTT_GROUP, talkerUri)) {
                String secrets =
                        srtp.tek().use(HexFormat.of()::formatHex) + srtp.salt().use(HexFormat.of()::formatHex);
                return Sha256.of(Octets.ofAscii(secrets + srtp.mki())).toHex();
            }
        });
    }

    @Override
    public void close() {
        groupKeys.close();
        store.close();
    }
}
