package org.mckms.gms.infrastructure.kms;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mckms.client.CandidateKeys;
import org.mckms.client.PartnerDirectory;
import org.mckms.client.PartnerRefusedException;
import org.mckms.client.store.UserKeys;
import org.mckms.gms.domain.GroupKey;
import org.mckms.gms.domain.GroupKeyToSend;
import org.mckms.gms.domain.KeyStatus;
import org.mckms.gms.domain.MadeMessage;
import org.mckms.gms.domain.Member;
import org.mckms.gms.domain.MessageMaking;
import org.mckms.mikeysakke.core.SakkeCore;
import org.mckms.mikeysakke.eccsi.EccsiSigner;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.identity.KeyPeriodSchedule;
import org.mckms.mikeysakke.identity.NtpTimestamp;
import org.mckms.mikeysakke.kdf.KeyDerivation;
import org.mckms.mikeysakke.mikey.KeyParameters;
import org.mckms.mikeysakke.mikey.KeyToSend;
import org.mckms.mikeysakke.mikey.MessageProfile;
import org.mckms.mikeysakke.mikey.MikeyMessage;
import org.mckms.mikeysakke.mikey.MikeyRecipient;
import org.mckms.mikeysakke.mikey.MikeySender;
import org.mckms.protocol.message.KmsCertificate;

/**
 * Makes I_MESSAGEs as the initiator that the {@link GmsAccount} has keys for (TS 33.180 annex E.2, RFC 6509). The members are
 * dealt out to the certificates of their KMSs, and those of one certificate share tables, inversions and signature work.
 * The work is done on the thread of the caller, who decides how many of them there are.
 */
public final class KmsMessageMaking implements MessageMaking {

    /** Messages in the making at once: enough for what they share to cost nothing, and few enough to need no memory. */
    private static final int BATCH = 256;

    /** How long a message waits for a certificate before it is tried again unasked. */
    private static final Duration LATEST_RETRY = Duration.ofHours(1);

    /** Later expiries are written as none. */
    private static final Instant YEAR_2100 = Instant.parse("2100-01-01T00:00:00Z");

    private final GmsAccount account;
    private final SenderTables tables;
    private final SecureRandom random;

    public KmsMessageMaking(GmsAccount account, SakkeCore core, SecureRandom random) {
        this.account = account;
        this.tables = new SenderTables(core);
        this.random = random;
    }

    @Override
    public List<MadeMessage> make(GroupKeyToSend key, List<Member> members, Instant now) {
        Map<String, Optional<KmsCertificate>> certificates = certificates(members, now);
        MadeMessage[] made = new MadeMessage[members.size()];
        Map<KmsCertificate, List<Integer>> reached = new LinkedHashMap<>();
        for (int i = 0; i < made.length; i++) {
            String kmsUri = kmsOf(members.get(i));
            KeyIdentifier gukId = gukId(key, members.get(i));
            Optional<KmsCertificate> certificate = certificates.get(kmsUri);
            // an identifier of 0 is not allowed, and one member in 2^28 would have it: the next key reaches it again
            if (certificate.isEmpty() || gukId.value() == 0) {
                made[i] = MadeMessage.waiting(members.get(i).uri(), gukId, kmsUri, now.plus(LATEST_RETRY));
            } else {
                reached.computeIfAbsent(certificate.get(), first -> new ArrayList<>())
                        .add(i);
            }
        }
        try (CandidateKeys own = keysFor(now)) {
            MikeySender sender = sender(own.newest());
            reached.forEach((certificate, indexes) -> {
                for (int from = 0; from < indexes.size(); from += BATCH) {
                    List<Integer> batch = indexes.subList(from, Math.min(from + BATCH, indexes.size()));
                    make(key, members, batch, certificate, sender, now, made);
                }
            });
        }
        return Arrays.asList(made);
    }

    @Override
    public boolean canReach(String kmsUri, Instant now) {
        return certificate(kmsUri, now).isPresent();
    }

    private void make(
            GroupKeyToSend key,
            List<Member> members,
            List<Integer> batch,
            KmsCertificate certificate,
            MikeySender sender,
            Instant now,
            MadeMessage[] made) {
        Instant usableUntil = usableUntil(certificate, now);
        List<MikeyRecipient> recipients = batch.stream()
                .map(index -> recipient(members.get(index), certificate, now))
                .toList();
        List<MikeyMessage> messages =
                sender.sendAll(toSend(key), tables.of(certificate.pubEncKey()), recipients, NtpTimestamp.of(now));
        for (int i = 0; i < messages.size(); i++) {
            MikeyMessage message = messages.get(i);
            made[batch.get(i)] =
                    MadeMessage.ready(recipients.get(i).uri(), message.octets(), message.csbId(), usableUntil);
        }
    }

    /** One look for each KMS; whoever has no usable certificate is absent. */
    private Map<String, Optional<KmsCertificate>> certificates(List<Member> members, Instant now) {
        Map<String, Optional<KmsCertificate>> certificates = new HashMap<>();
        members.forEach(member -> certificates.computeIfAbsent(kmsOf(member), kmsUri -> certificate(kmsUri, now)));
        return certificates;
    }

    private Optional<KmsCertificate> certificate(String kmsUri, Instant now) {
        return account.ask(client -> {
            try {
                return Optional.of(client.partners().certificateOf(kmsUri, now));
            } catch (PartnerRefusedException e) {
                account.missesCertificate();
                return Optional.empty();
            }
        });
    }

    private CandidateKeys keysFor(Instant now) {
        CandidateKeys own = account.ask(client -> client.keysFor(account.uri(), now));
        if (own.isEmpty()) {
            own.close();
            throw GmsAccount.notReady(account.state().sentence());
        }
        return own;
    }

    /** The key set is closed by the caller, after the last message. */
    private MikeySender sender(UserKeys own) {
        EccsiSigner signer = new EccsiSigner(
                own.keys().userId().octets(),
                own.keys().ssk(),
                own.keys().pvt(),
                own.root().pubAuthKey(),
                random);
        return new MikeySender(account.uri(), account.kmsUri(), signer, random);
    }

    private String kmsOf(Member member) {
        return member.kmsUri().orElse(account.kmsUri());
    }

    private static MikeyRecipient recipient(Member member, KmsCertificate certificate, Instant now) {
        return new MikeyRecipient(
                member.uri(),
                certificate.kmsUri(),
                PartnerDirectory.uidOf(member.uri(), certificate, now).octets());
    }

    private static KeyIdentifier gukId(GroupKeyToSend key, Member member) {
        return KeyDerivation.gukId(key.secret(), key.key().keyId(), member.uri());
    }

    /** The default profile of clause E.2.2: no crypto sessions, which every receiver supports. */
    private static KeyToSend toSend(GroupKeyToSend toSend) {
        GroupKey key = toSend.key();
        KeyParameters parameters = new KeyParameters(
                key.purpose(),
                key.status() == KeyStatus.REVOKED,
                false,
                key.activation().map(time -> time.truncatedTo(ChronoUnit.SECONDS)),
                key.expiry().map(time -> time.truncatedTo(ChronoUnit.SECONDS)).filter(YEAR_2100::isAfter),
                key.use().text(),
                List.of(toSend.group().uri()));
        return KeyToSend.withParameters(key.keyId(), toSend.secret(), key.rand(), parameters, MessageProfile.DEFAULT);
    }

    /** The receiver's key opens it to the end of the key period, its certificate says to whom it is made. */
    private static Instant usableUntil(KmsCertificate certificate, Instant now) {
        KeyPeriodSchedule schedule = certificate.schedule();
        Instant periodEnds = schedule.start(schedule.at(now).next());
        return certificate.validTo().filter(periodEnds::isAfter).orElse(periodEnds);
    }
}
