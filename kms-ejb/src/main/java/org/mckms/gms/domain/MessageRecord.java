package org.mckms.gms.domain;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;

/**
 * The message that brings one key to one member, and how it fares.
 *
 * @param message     the I_MESSAGE; empty while it waits
 * @param gukId       CSB-ID of the message
 * @param usableUntil end of the receiver's key period; while it waits, when to try again at the latest
 * @param reason      what it waits for, or why the member could not take the key
 * @param madeAt      time T of the message; while it waits, of the newest attempt
 * @param changedAt   of the state
 */
public record MessageRecord(
        KeyIdentifier keyId,
        int memberNumber,
        MessageState state,
        Optional<Octets> message,
        KeyIdentifier gukId,
        Instant usableUntil,
        Optional<String> reason,
        Instant madeAt,
        Instant changedAt) {

    /** Longest reason. */
    public static final int MAX_REASON_CHARACTERS = 600;

    public MessageRecord {
        requireNonNull(keyId, "keyId");
        GroupUris.checkPositive(memberNumber, "number of a member");
        requireNonNull(gukId, "gukId");
        requireNonNull(usableUntil, "usableUntil");
        requireNonNull(reason, "reason");
        requireNonNull(madeAt, "madeAt");
        requireNonNull(changedAt, "changedAt");
        if (message.isEmpty() != (state == MessageState.WAITING)) {
            throw new InvalidValueException("a message is there in every state but " + MessageState.WAITING);
        }
    }

    /** The first for a member and key. */
    public static MessageRecord of(KeyIdentifier keyId, int memberNumber, MadeMessage made, Instant now) {
        return new MessageRecord(
                keyId,
                memberNumber,
                made.message().isPresent() ? MessageState.PENDING : MessageState.WAITING,
                made.message(),
                made.gukId(),
                made.usableUntil(),
                made.waitingFor(),
                now,
                now);
    }

    /** Whether the member can still open it when fetching it now. */
    public boolean isUsableAt(Instant now) {
        return message.isPresent() && now.isBefore(usableUntil);
    }

    /**
     * The same message made anew, because it waited or its key period has ended. A member that has the key already keeps its
     * state: nothing about the key has changed.
     */
    public MessageRecord madeAnew(MadeMessage made, Instant now) {
        boolean keeps = state == MessageState.ACKNOWLEDGED && made.message().isPresent();
        MessageRecord replaced = replaced(made, now);
        return keeps
                ? new MessageRecord(
                        keyId,
                        memberNumber,
                        state,
                        replaced.message,
                        replaced.gukId,
                        replaced.usableUntil,
                        Optional.empty(),
                        now,
                        changedAt)
                : replaced;
    }

    /** What takes the place of this message because something about the key has changed: the member has to take it again. */
    public MessageRecord replaced(MadeMessage made, Instant now) {
        return of(keyId, memberNumber, made, now);
    }

    /** The same after it was given to the member; one that has acknowledged stays so. */
    public MessageRecord delivered(Instant now) {
        return state == MessageState.PENDING || state == MessageState.FAILED
                ? to(MessageState.DELIVERED, Optional.empty(), now)
                : this;
    }

    /** The same after the member stored the key; for a second time nothing changes. */
    public MessageRecord acknowledged(Instant now) {
        return state == MessageState.ACKNOWLEDGED ? this : to(MessageState.ACKNOWLEDGED, Optional.empty(), now);
    }

    /** The same after the member refused the key; one that it has stored before stays acknowledged, and a repeat changes nothing. */
    public MessageRecord failed(String why, Instant now) {
        boolean known =
                state == MessageState.ACKNOWLEDGED || state == MessageState.FAILED && reason.equals(Optional.of(why));
        return known ? this : to(MessageState.FAILED, Optional.of(why), now);
    }

    private MessageRecord to(MessageState other, Optional<String> why, Instant now) {
        return new MessageRecord(keyId, memberNumber, other, message, gukId, usableUntil, why, madeAt, now);
    }
}
