package org.mckms.gms.application.regroup;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.mckms.gms.domain.GroupKeyToSend;
import org.mckms.gms.domain.MadeMessage;
import org.mckms.gms.domain.Member;
import org.mckms.gms.domain.MessageMaking;
import org.mckms.gms.domain.regroup.IncomingKey;
import org.mckms.gms.domain.regroup.KeyOpening;
import org.mckms.gms.domain.regroup.NotifiedKeys;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.mikey.KeyPurpose;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.protocol.group.ReceptionFault;

/** Key messages in plain text, so that rules are tested without arithmetic: sender, receiver and key, nothing hidden. */
final class PlainMessages implements MessageMaking, KeyOpening {

    private final String own;
    private boolean certificates = true;

    PlainMessages(String own) {
        this.own = own;
    }

    void certificatesKnown(boolean known) {
        certificates = known;
    }

    @Override
    public List<MadeMessage> make(GroupKeyToSend key, List<Member> members, Instant now) {
        return members.stream().map(member -> made(key, member, now)).toList();
    }

    private MadeMessage made(GroupKeyToSend key, Member member, Instant now) {
        KeyIdentifier guk = key.key().keyId();
        if (!certificates) {
            return MadeMessage.waiting(member.uri(), guk, member.kmsUri().orElse("home"), now);
        }
        String secret = key.secret().use(octets -> HexFormat.of().formatHex(octets));
        return MadeMessage.ready(
                member.uri(),
                message(
                        own,
                        member.uri(),
                        key.key().purpose(),
                        key.key().keyId(),
                        key.key().rand(),
                        secret,
                        key.group().uri()),
                guk,
                now);
    }

    static Octets message(
            String sender,
            String receiver,
            KeyPurpose purpose,
            KeyIdentifier id,
            Octets rand,
            String secret,
            String groups) {
        String text = String.join(" ", sender, receiver, purpose.name(), id.toString(), rand.toHex(), secret, groups);
        return Octets.copyOf(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean canReach(String kmsUri, Instant now) {
        return certificates;
    }

    @Override
    public IncomingKey open(Octets message, String sender, KeyPurpose purpose) {
        String[] parts = new String(message.toByteArray(), StandardCharsets.UTF_8).split(" ");
        if (parts.length != 7) {
            throw NotifiedKeys.refused(ReceptionFault.MALFORMED, "not a message");
        }
        if (!parts[0].equals(sender)) {
            throw NotifiedKeys.refused(ReceptionFault.NOT_AUTHORISED, "of " + parts[0]);
        }
        if (!parts[1].equals(own)) {
            throw NotifiedKeys.refused(ReceptionFault.NOT_FOR_ME, "for " + parts[1]);
        }
        if (!parts[2].equals(purpose.name())) {
            throw NotifiedKeys.refused(ReceptionFault.KEY_MISMATCH, "a " + parts[2]);
        }
        return new IncomingKey(
                new IncomingKey.Description(
                        purpose,
                        KeyIdentifier.of(Octets.fromHex(parts[3])),
                        Octets.fromHex(parts[4]),
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        "",
                        List.of(parts[6].split(","))),
                SecretOctets.takeFrom(HexFormat.of().parseHex(parts[5])));
    }
}
