package org.mckms.gms.application;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.mckms.gms.domain.GroupKeyToSend;
import org.mckms.gms.domain.MadeMessage;
import org.mckms.gms.domain.Member;
import org.mckms.gms.domain.MessageMaking;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** Messages that say in clear what they would carry, and certificates that a test takes away. */
public final class FakeMaking implements MessageMaking {

    static final Duration PERIOD = Duration.ofDays(30);

    final Set<String> unknownKmss = ConcurrentHashMap.newKeySet();
    final List<Integer> batches = new CopyOnWriteArrayList<>();
    volatile boolean ready = true;
    volatile Optional<String> faulty = Optional.empty();
    volatile Runnable meanwhile = () -> {};

    @Override
    public List<MadeMessage> make(GroupKeyToSend key, List<Member> members, Instant now) {
        if (!ready) {
            throw new KmsException(KmsErrorCode.NOT_READY, "no keys of the KMS");
        }
        meanwhile.run();
        batches.add(members.size());
        List<MadeMessage> made = new ArrayList<>();
        for (Member member : members) {
            if (faulty.filter(member.uri()::equals).isPresent()) {
                throw new KmsException(KmsErrorCode.INTERNAL, "a fault of this member");
            }
            made.add(message(key, member, now));
        }
        return made;
    }

    private MadeMessage message(GroupKeyToSend key, Member member, Instant now) {
        KeyIdentifier gukId = key.key().keyId().xorVariableBits(member.uri().hashCode());
        Optional<String> unknown = member.kmsUri().filter(unknownKmss::contains);
        if (unknown.isPresent()) {
            return MadeMessage.waiting(member.uri(), gukId, unknown.get(), now.plus(PERIOD));
        }
        String secret = key.secret().use(octets -> Octets.copyOf(octets).toHex());
        String text = String.join(
                "|",
                key.key().keyId().toString(),
                member.uri(),
                key.key().status().name(),
                secret,
                now.toString());
        return MadeMessage.ready(
                member.uri(), Octets.copyOf(text.getBytes(StandardCharsets.UTF_8)), gukId, now.plus(PERIOD));
    }

    @Override
    public boolean canReach(String kmsUri, Instant now) {
        return !unknownKmss.contains(kmsUri);
    }

    /** Field of a message: 0 key, 1 member, 2 status, 3 secret, 4 time. */
    static String field(Octets message, int number) {
        return new String(message.toByteArray(), StandardCharsets.UTF_8).split("\\|")[number];
    }
}
