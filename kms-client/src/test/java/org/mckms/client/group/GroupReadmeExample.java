package org.mckms.client.group;

import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Set;
import org.mckms.client.KmsClient;
import org.mckms.client.ServerEndpoint;
import org.mckms.client.TimeLimits;
import org.mckms.client.TlsMaterial;
import org.mckms.client.TokenSource;
import org.mckms.client.store.StoreKey;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.mikey.CryptoSessionId;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.protocol.group.McService;

/** The example of the README about group keys; {@link GroupMemberTest} compares both and runs this one. */
final class GroupReadmeExample {
    private final KmsClient kms;
    private final Path groupFile;
    private final URI gmsAddress;
    private final TlsMaterial tls;
    private final TokenSource tokens;
    private Octets mki;

    GroupReadmeExample(KmsClient kms, Path groupFile, URI gmsAddress, TlsMaterial tls, TokenSource tokens) {
        this.kms = kms;
        this.groupFile = groupFile;
        this.gmsAddress = gmsAddress;
        this.tls = tls;
        this.tokens = tokens;
    }

    Octets mki() {
        return mki;
    }

    private void speak(SecretOctets masterKey, SecretOctets masterSalt, Octets identifier) {
        masterKey.use(octets -> masterSalt.size());
        mki = identifier;
    }

    void run(String user, String group, String gmsUri, String kmsUri, StoreKey storeKey, Clock clock) {
        SecureRandom random = new SecureRandom();
        // begin
        try (GroupKeyStore keys = GroupKeyStore.open(groupFile, storeKey, random)) { // the first time: create
            GroupManagers managers = anyGroup -> Set.of(new Sender(gmsUri, kmsUri)); // from the user's profile
            MessageOpening opening = new MessageOpening(kms, user);
            GroupKeyReceiver receiver = new GroupKeyReceiver(opening, keys, managers, clock);
            GroupClient gms = new GroupClient(new ServerEndpoint(gmsAddress, tls, TimeLimits.STANDARD), tokens);
            GroupMember member = new GroupMember(gms, receiver, McService.MCPTT);

            member.refresh(group); // fetches, checks, stores, answers; again whenever listen() says so
            try (GroupKey key =
                            keys.keyFor(group, KeyUse.MEDIA, clock.instant()).orElseThrow();
                    SrtpMaterial own = key.srtpOf(CryptoSessionId.MCPTT_GROUP, user)) {
                speak(own.tek(), own.salt(), own.mki());
            }
        }
        // end
    }
}
